'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { deviceEngine } from '#lib/styles/browser/device-engine.ts';
import {
  DeviceEngineError,
  type DeviceFailure,
  type DeviceLook,
  type DevicePhoto,
  type DeviceStep,
  type DeviceSupport,
  type PaintOptions,
} from '#lib/styles/browser/device-view.ts';
import { readSupport } from '#lib/styles/browser/read-support.ts';
import type { StyleName } from '#lib/styles/catalogue.ts';

/** Stages that stay ready, so that going back and forth between looks costs nothing. */
const mostStages = 12;

const failureOf = (error: unknown): DeviceFailure =>
  error instanceof DeviceEngineError ? error.code : 'crashed';

/** Whether this device paints, and how large; null on the server and before the page has looked. */
export function useDeviceSupport(): DeviceSupport | null {
  const [support, setSupport] = useState<DeviceSupport | null>(null);
  useEffect(() => setSupport(readSupport()), []);
  return support;
}

export type OpenedPhoto = {
  readonly photo: DevicePhoto | null;
  /** What is being done for it now; null when it is open, or failed. */
  readonly step: DeviceStep | null;
  readonly failure: DeviceFailure | null;
};

const closed: OpenedPhoto = { photo: null, step: null, failure: null };

/** Opens a photo in the engine as long as it is asked for. Give the same `Blob` to keep it open. */
export function useDevicePhoto(blob: Blob | null): OpenedPhoto {
  const [state, setState] = useState<OpenedPhoto & { readonly of?: Blob }>(closed);
  useEffect(() => {
    if (!blob) return;
    const abort = new AbortController();
    const { signal } = abort;
    let id: string | undefined;
    const tell = (next: Partial<OpenedPhoto>) => {
      if (!signal.aborted) setState({ ...closed, ...next, of: blob });
    };
    tell({ step: 'decode' });
    deviceEngine()
      .openPhoto(blob, { signal, onStep: (step) => tell({ step }) })
      .then((photo) => {
        id = photo.id;
        if (signal.aborted) deviceEngine().closePhoto(id);
        else tell({ photo });
      })
      .catch((error: unknown) => tell({ failure: failureOf(error) }));
    return () => {
      abort.abort();
      if (id) deviceEngine().closePhoto(id);
    };
  }, [blob]);
  return blob && state.of === blob ? state : closed;
}

/** Addresses of blobs that live as long as a component and one photo. */
function useAddresses<Key>(owner: string | undefined) {
  const kept = useRef(new Map<Key, string>());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another photo is another set of addresses.
  useEffect(
    () => () => {
      for (const url of kept.current.values()) URL.revokeObjectURL(url);
      kept.current.clear();
    },
    [owner],
  );
  return kept.current;
}

export type Thumbnails = {
  /** Object URLs by style, as they come. */
  readonly urls: Readonly<Partial<Record<StyleName, string>>>;
  readonly isWorking: boolean;
};

/**
 * The photo in these styles, small, as they come; `styles` is in the order in which they are seen and should keep its
 * identity. A style that fails is left out.
 */
export function useThumbnails(photo: DevicePhoto | null, styles: readonly StyleName[]): Thumbnails {
  const id = photo?.id;
  const kept = useAddresses<StyleName>(id);
  const [state, setState] = useState<Thumbnails & { readonly of?: string }>({ urls: {}, isWorking: false });
  useEffect(() => {
    if (!id) return;
    const abort = new AbortController();
    const tell = (isWorking: boolean) => {
      if (!abort.signal.aborted) setState({ urls: Object.fromEntries(kept), isWorking, of: id });
    };
    tell(true);
    const jobs = styles
      .filter((style) => !kept.has(style))
      .map((style) =>
        deviceEngine()
          .thumbnail(id, style, { signal: abort.signal })
          .then(({ blob }) => {
            if (abort.signal.aborted) return;
            kept.set(style, URL.createObjectURL(blob));
            tell(true);
          })
          .catch(() => {}),
      );
    void Promise.all(jobs).then(() => tell(false));
    return () => abort.abort();
  }, [id, styles, kept]);
  return state.of === id ? state : { urls: {}, isWorking: Boolean(id) };
}

export type Stage = {
  /** Object URL of the look that was asked for; null until it is there. */
  readonly url: string | null;
  readonly isWorking: boolean;
  readonly failure: DeviceFailure | null;
};

/** The photo in one look, large, with a mark; looks that were shown lately come back at once. */
export function useStage(
  photo: DevicePhoto | null,
  look: DeviceLook | null,
  { side, mark }: Pick<PaintOptions, 'side' | 'mark'> = {},
): Stage {
  const id = photo?.id;
  const kept = useAddresses<string>(id);
  const key = id && look ? JSON.stringify([id, look, side, mark]) : null;
  const wanted = useMemo(() => (key ? (JSON.parse(key)[1] as DeviceLook) : null), [key]);
  const [state, setState] = useState<Stage & { readonly of: string | null }>({
    url: null,
    isWorking: false,
    failure: null,
    of: null,
  });
  useEffect(() => {
    if (!id || !key || !wanted) return;
    const known = kept.get(key);
    if (known) {
      setState({ url: known, isWorking: false, failure: null, of: key });
      return;
    }
    const abort = new AbortController();
    deviceEngine()
      .stage(id, wanted, { signal: abort.signal, ...(side && { side }), ...(mark && { mark }) })
      .then(({ blob }) => {
        if (abort.signal.aborted) return;
        const url = URL.createObjectURL(blob);
        for (const [oldest, address] of kept) {
          if (kept.size < mostStages) break;
          URL.revokeObjectURL(address);
          kept.delete(oldest);
        }
        kept.set(key, url);
        setState({ url, isWorking: false, failure: null, of: key });
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted)
          setState({ url: null, isWorking: false, failure: failureOf(error), of: key });
      });
    return () => abort.abort();
  }, [id, key, wanted, side, mark, kept]);
  return state.of === key ? state : { url: null, isWorking: Boolean(key), failure: null };
}
