'use client';

import { ScanSearch } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import type { LookOrder } from '#lib/gallery/look/kinds.ts';
import type { LookObstacle } from '#lib/styles/paint/looks/order.ts';
import type { PartsShot } from '../device/desk.ts';
import { partsGroup } from './parts-group.ts';

/** Whether there is anything to be said by taps about this look in this photo. */
function canCorrect(
  { kind }: LookOrder,
  seen: PartsShot | null,
  obstacle: LookObstacle | undefined,
): boolean {
  if (obstacle) return obstacle === 'noClothes' || obstacle === 'noHair';
  return partsGroup(kind) !== 'who' || (seen?.people.length ?? 0) > 1;
}

type Props = {
  order: LookOrder;
  seen: PartsShot | null;
  obstacle: LookObstacle | undefined;
  onOpen: () => void;
};

/** Over the stage: the way to look at what the look is worn on, and to correct it. */
export function PartsButton({ order, seen, obstacle, onOpen }: Props) {
  const t = useTranslations('studio.parts');
  if (!canCorrect(order, seen, obstacle)) return null;
  return (
    <Button variant="secondary" size="sm" onClick={onOpen}>
      <ScanSearch aria-hidden="true" />
      {t(`open.${partsGroup(order.kind)}`)}
    </Button>
  );
}

/** Where we are not sure what takes a look of this kind: in which group of parts, or null. */
export function doubtOf(order: LookOrder | null, seen: PartsShot | null): 'clothes' | 'hair' | null {
  const group = order && seen?.isUnsure ? partsGroup(order.kind) : null;
  return group === 'clothes' || group === 'hair' ? group : null;
}
