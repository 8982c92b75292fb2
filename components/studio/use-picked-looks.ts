'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { toast } from '#components/ui/overlay/toast-store.ts';
import type { ReferenceView } from '#lib/conversions/reference/view.ts';
import { type Draft, lookOfName, nameOfLook, without } from './draft/draft.ts';
import type { KitOption } from './kit-picker.tsx';
import { toLookOption } from './look-option.ts';
import type { StyleOption } from './style-picker.tsx';

type Options = {
  draft: Draft;
  isRead: boolean;
  change: (next: (now: Draft) => Draft) => void;
  options: readonly StyleOption[];
  kits: readonly KitOption[] | null;
};

/**
 * What the page offers, and all that is counted, wherever it was picked. Galleries' looks that the page does not offer, such as another shop's, are asked
 * for anew; those that no visitor sees any more are taken off the draft. One that is not heard of yet has no option.
 */
export function usePickedLooks({ draft, isRead, change, options, kits }: Options) {
  const t = useTranslations('looks');
  const picks = useTranslations('studio.picks');
  const [views, setViews] = useState<readonly ReferenceView[]>([]);
  const offered = useMemo(() => {
    const all = [...options, ...(kits ?? []).flatMap((kit) => kit.options)];
    // A gallery's picture may stand in a set, too.
    return all.filter(({ name }, at) => all.findIndex((one) => one.name === name) === at);
  }, [kits, options]);
  const elsewhere = views.map((view) =>
    toLookOption(view, (kind) => t(`does.${kind}`), t(`kind.${view.look.kind}`)),
  );
  const known = [...offered, ...elsewhere];
  const picked = draft.picked.map((look) => {
    const name = nameOfLook(look);
    return { look, name, option: known.find((option) => option.name === name) ?? null };
  });
  const unknown = picked.flatMap(({ look, option }) =>
    !option && 'reference' in look ? look.reference : [],
  );
  const asked = isRead ? unknown.join() : '';

  const take = useEffectEvent((ids: readonly string[], found: readonly ReferenceView[]) => {
    const gone = ids.filter((id) => !found.some(({ image }) => image.id === id));
    setViews((now) => [...now, ...found]);
    if (gone.length === 0) return;
    change((now) => gone.reduce((left, reference) => without(left, { reference }), now));
    toast('warning', picks('gone'));
  });
  useEffect(() => {
    if (!asked) return;
    const left = new AbortController();
    const find = async () => {
      const answer = await fetch(`/api/looks?ids=${asked}`, { signal: left.signal });
      if (answer.ok) take(asked.split(','), (await answer.json()) as ReferenceView[]);
    };
    // Without a line they are counted all the same, and can be left out.
    const tryFinding = () => void find().catch(() => undefined);
    tryFinding();
    window.addEventListener('online', tryFinding);
    return () => {
      left.abort();
      window.removeEventListener('online', tryFinding);
    };
  }, [asked]);

  const leaveOut = (name: string) => change((now) => without(now, lookOfName(name)));
  return { offered, known, picked, leaveOut };
}
