'use client';

import { useEffect, useEffectEvent } from 'react';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { isStyleName } from '#lib/styles/catalogue.ts';
import { isWorn } from '#lib/styles/paint/looks/order.ts';
import { orderWith } from '../draft/chosen.ts';
import { type Draft, type DraftPhoto, lookOfName } from '../draft/draft.ts';
import type { StyleOption } from '../style-picker.tsx';
import type { StagedLook } from './desk.ts';

/**
 * A gallery's picture that this device remembers and the page does not offer is asked for once, by its address. Until
 * it is there, and when it is there no more, the first look stands large.
 */
export function useMissingLook(name: string | null): void {
  const router = useRouter();
  const find = useEffectEvent((missing: string) => {
    const look = lookOfName(missing);
    if ('reference' in look) router.replace(`/studio?reference=${look.reference}`, { scroll: false });
  });
  useEffect(() => {
    if (name) find(name);
  }, [name]);
}

/**
 * A look as the engine takes it: by name, or by the gallery's picture itself with what is chosen of it for this photo; and
 * what its preview is marked with, by whose look it is.
 */
export function toDevice(
  option: StyleOption | null,
  draft: Draft,
  photo: DraftPhoto | null,
  markOf: (by?: string) => readonly string[],
): StagedLook | null {
  if (!option) return null;
  const { name, picture } = option;
  const strength = draft.strengths[name];
  const mark = markOf(option.by);
  const shown = (variant: string) => ({ name, variant, mark, shown: `${variant} ${strength ?? 1}` });
  if (isStyleName(name)) {
    return { ...shown(''), device: { style: name, ...(strength ? { strength } : {}) } };
  }
  const url = picture.src.replace(/\/original$/, '/w1280');
  const look = lookOfName(name);
  const shades = 'reference' in look ? draft.shades[look.reference] : undefined;
  const order = option.order && orderWith(option.order, shades, photo, strength);
  if (!order) return { ...shown(''), device: { style: 'reference', url } };
  const variant = isWorn(order) ? JSON.stringify([order.shades, order.taps]) : '';
  return { ...shown(variant), device: { style: 'reference', url, order } };
}
