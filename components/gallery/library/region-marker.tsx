'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { LookRegion } from '#lib/gallery/look/kinds.ts';

type Props = {
  url: string;
  alt: string;
  region: LookRegion | null;
  onChange: (region: LookRegion | null) => void;
};

const leastSide = 0.05;
const keyStep = 0.02;
/** Where a frame begins that is drawn with keys. */
const middle: LookRegion = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };

const inside = (value: number) => Math.min(1, Math.max(0, value));

/**
 * A frame over a picture: drawn with a finger or a mouse from corner to corner; with keys, arrows move it and, with
 * Shift, change its size.
 */
export function RegionMarker({ url, alt, region, onChange }: Props) {
  const t = useTranslations('vendorLooks');
  const area = useRef<HTMLButtonElement>(null);
  const [from, setFrom] = useState<{ x: number; y: number } | null>(null);
  const placeOf = (event: PointerEvent) => {
    const box = area.current?.getBoundingClientRect();
    if (!box) return { x: 0, y: 0 };
    return {
      x: inside((event.clientX - box.left) / box.width),
      y: inside((event.clientY - box.top) / box.height),
    };
  };
  const draw = (event: PointerEvent) => {
    if (!from) return;
    const to = placeOf(event);
    const next = {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      width: Math.abs(to.x - from.x),
      height: Math.abs(to.y - from.y),
    };
    if (next.width >= leastSide && next.height >= leastSide) onChange(next);
  };
  const press = (event: KeyboardEvent) => {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
      event.key
    ] ?? [0, 0];
    if (dx === 0 && dy === 0) return;
    event.preventDefault();
    const { x, y, width, height } = region ?? middle;
    const [mx, my] = [(dx ?? 0) * keyStep, (dy ?? 0) * keyStep];
    onChange(
      event.shiftKey
        ? {
            x,
            y,
            width: Math.min(1 - x, Math.max(leastSide, width + mx)),
            height: Math.min(1 - y, Math.max(leastSide, height + my)),
          }
        : {
            x: Math.min(1 - width, Math.max(0, x + mx)),
            y: Math.min(1 - height, Math.max(0, y + my)),
            width,
            height,
          },
    );
  };
  const share = (value: number) => `${value * 100}%`;
  return (
    <div className="grid gap-2">
      <p className="text-sm font-semibold">{t('region')}</p>
      <p className="text-sm text-muted">{t('regionHint')}</p>
      {/* Places on a picture do not turn with the script. */}
      <button
        ref={area}
        type="button"
        dir="ltr"
        aria-label={t('region')}
        className="relative mx-auto w-fit touch-none overflow-hidden rounded-control bg-sunken"
        onKeyDown={press}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setFrom(placeOf(event));
        }}
        onPointerMove={draw}
        onPointerUp={() => setFrom(null)}
        onPointerCancel={() => setFrom(null)}
      >
        {/* biome-ignore lint/performance/noImgElement: a file of ours in its own size, under a frame that is drawn on it */}
        <img src={url} alt={alt} draggable={false} className="max-h-72 w-auto max-w-full select-none" />
        {region ? (
          <span
            aria-hidden="true"
            className="absolute border-2 border-white shadow-[0_0_0_100vmax_rgb(0_0_0/0.45)]"
            style={{
              left: share(region.x),
              top: share(region.y),
              width: share(region.width),
              height: share(region.height),
            }}
          />
        ) : null}
      </button>
      {region ? (
        <Button variant="quiet" size="sm" onClick={() => onChange(null)} className="justify-self-start">
          {t('regionClear')}
        </Button>
      ) : null}
    </div>
  );
}
