'use client';

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { LookKind } from '#lib/gallery/look/kinds.ts';
import type { DeviceSupport } from '#lib/styles/browser/device-view.ts';
import { readSupport } from '#lib/styles/browser/read-support.ts';
import type { StyleName } from '#lib/styles/catalogue.ts';
import { isWorn } from '#lib/styles/paint/looks/order.ts';
import type { DraftPhoto } from '../draft/draft.ts';
import { createDesk, type Desk, type PhotoShots, type StagedLook } from './desk.ts';

let support: DeviceSupport | null = null;
let desk: Desk | null = null;

const never = () => () => undefined;
const readOnce = () => {
  support ??= readSupport();
  return support;
};

/** Whether this device paints; null on the server and while the page has not looked. */
function useSupport(): DeviceSupport | null {
  return useSyncExternalStore(never, readOnce, () => null);
}

/** The desk of this page. The engine itself comes when the first photo is opened. */
function deskOf(able: DeviceSupport & { can: true }): Desk {
  desk ??= createDesk(
    async () => (await import('#lib/styles/browser/device-engine.ts')).deviceEngine(),
    able,
  );
  return desk;
}

/** Kinds that are worn on something that can be looked at, and those that may come as a card of shades. */
const hasPart = new Set<LookKind>(['fabric', 'garment', 'hair', 'makeup', 'place']);
const hasCard = new Set<LookKind>(['hair', 'makeup']);

type Options = {
  photos: readonly DraftPhoto[];
  shown: DraftPhoto | null;
  read: (photo: DraftPhoto) => Promise<Blob | null>;
  /** In the order they are seen. */
  styles: readonly StyleName[];
  /** What stands large, and under which name; `after` is what a swipe would bring. */
  look: StagedLook | null;
  after: StagedLook | null;
  /** Samples are shown instead where another engine makes the results. */
  isOn: boolean;
};

/** Everything the device makes of the draft's photos: the styles small, the look large, the photo as it is. */
export function useShots({ photos, shown, read, styles, look, after, isOn }: Options) {
  const able = useSupport();
  const here = isOn && able?.can ? deskOf(able) : null;
  const [, redraw] = useState(0);

  useEffect(() => here?.subscribe(() => redraw((count) => count + 1)), [here]);

  useEffect(() => {
    if (!here) return;
    // The one that is looked at first.
    if (shown) here.open(shown.key, () => read(shown));
    for (const photo of photos) here.open(photo.key, () => read(photo));
  }, [here, photos, shown, read]);

  const key = shown?.key ?? null;
  // Asked at every turn: the desk paints nothing twice.
  useEffect(() => {
    if (here && key && look) here.paintStage(key, look);
  }, [here, key, look]);

  useEffect(() => {
    if (here && key) here.paintThumbs(key, styles);
  }, [here, key, styles]);

  const shots = key && here ? here.of(key) : null;
  const isIdle = shots?.phase === 'open' && shots.waiting === 0;
  useEffect(() => {
    if (here && key && after && isIdle) here.paintStage(key, after, true);
  }, [here, key, after, isIdle]);

  // After what is looked at: a doubt that comes a moment later is still early enough.
  const worn = look?.device.style === 'reference' ? look.device : null;
  const order = worn?.order && isWorn(worn.order) ? worn.order : null;
  const hasStage = look !== null && shots?.stages[look.name]?.variant === look.shown;
  const isStopped = look !== null && shots?.obstacles[look.name]?.variant === look.variant;
  const asksParts = order && hasPart.has(order.kind) && (hasStage || isStopped);
  useEffect(() => {
    if (here && key && look && asksParts) here.readParts(key, order, look.variant);
  }, [here, key, look, order, asksParts]);
  const asksCard = order && hasCard.has(order.kind) && hasStage;
  useEffect(() => {
    if (here && look && asksCard && worn) here.studyCard(look.name, worn.url, worn.order?.region ?? null);
  }, [here, look, worn, asksCard]);

  return useMemo(
    () => ({
      support: isOn ? able : ({ can: false, why: 'hosted' } as const),
      of: (photoKey: string): PhotoShots | null => here?.of(photoKey) ?? null,
      cardOf: (name: string) => here?.cardOf(name) ?? null,
      forget: (photoKey: string) => here?.close(photoKey),
    }),
    [able, here, isOn],
  );
}
