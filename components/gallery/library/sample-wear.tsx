'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState } from 'react';
import { original } from '#components/styles/sample.ts';
import { Spinner } from '#components/ui/spinner.tsx';
import type { OwnImage } from '#lib/gallery/library/view.ts';
import { DeviceEngineError, type DeviceFailure } from '#lib/styles/browser/device-view.ts';
import { readSupport } from '#lib/styles/browser/read-support.ts';
import { isWorn, lookObstacles } from '#lib/styles/paint/looks/order.ts';

/** The picture's address in a size that is enough to take a look from. */
type Props = { url: string; look: OwnImage['look'] };

/** Somebody who types or draws has not ended yet. */
const waitMs = 350;
const side = 512;

/** The look as it stands now on a person of ours, painted on this device: what people will get. Needs `vendorLooks`. */
export function SampleWear({ url, look }: Props) {
  const t = useTranslations('vendorLooks.sample');
  const [photo, setPhoto] = useState<string | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const [failure, setFailure] = useState<DeviceFailure | null>(null);
  const [isBusy, setBusy] = useState(true);

  // The person is opened once; who closes the editor lets go of them.
  useEffect(() => {
    if (!readSupport().can) {
      setFailure('unsupported');
      return;
    }
    let isGone = false;
    let close = () => {};
    const open = async () => {
      const { deviceEngine } = await import('#lib/styles/browser/device-engine.ts');
      const blob = await fetch(original.src).then((answer) => answer.blob());
      const { id } = await deviceEngine().openPhoto(blob);
      close = () => deviceEngine().closePhoto(id);
      if (isGone) close();
      else setPhoto(id);
    };
    open().catch(() => setFailure('crashed'));
    return () => {
      isGone = true;
      close();
    };
  }, []);

  const paint = useEffectEvent(async (id: string, signal: AbortSignal) => {
    const { deviceEngine } = await import('#lib/styles/browser/device-engine.ts');
    const order = { kind: look.kind, ...look.settings };
    const asked = { style: 'reference', url, ...(isWorn(order) ? { order } : {}) } as const;
    return (await deviceEngine().stage(id, asked, { side, signal })).blob;
  });
  const choice = JSON.stringify(look);
  useEffect(() => {
    if (!photo || !choice) return;
    const stop = new AbortController();
    setBusy(true);
    const timer = setTimeout(async () => {
      try {
        const blob = await paint(photo, stop.signal);
        if (stop.signal.aborted) return;
        setShown(URL.createObjectURL(blob));
        setFailure(null);
      } catch (error) {
        if (stop.signal.aborted) return;
        setFailure(error instanceof DeviceEngineError ? error.code : 'crashed');
      }
      setBusy(false);
    }, waitMs);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [photo, choice]);
  useEffect(() => () => (shown ? URL.revokeObjectURL(shown) : undefined), [shown]);

  if (failure === 'unsupported') return <p className="text-sm text-muted">{t('cannot')}</p>;
  const lacks = lookObstacles.some((one) => one === failure);
  return (
    <figure className="grid gap-2">
      <figcaption className="text-sm font-semibold">{t('title')}</figcaption>
      <div className="relative mx-auto w-full max-w-64 overflow-hidden rounded-control bg-sunken">
        {/* biome-ignore lint/performance/noImgElement: made on this device; there is nothing to optimise */}
        <img
          src={shown ?? original.src}
          alt={shown ? t('alt') : ''}
          width={original.width}
          height={original.height}
          data-sample={shown ? 'worn' : 'plain'}
          className="h-auto w-full"
        />
        {isBusy && !failure ? (
          <span className="absolute start-2 top-2 grid size-8 place-content-center rounded-full bg-background">
            <Spinner />
          </span>
        ) : null}
      </div>
      <p role="status" className="text-sm text-muted">
        {failure ? t(lacks ? 'lacks' : 'failed') : t('text')}
      </p>
    </figure>
  );
}
