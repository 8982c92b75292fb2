'use client';

import { useState, useTransition } from 'react';
import { requestConversions } from '#lib/conversions/actions.ts';
import type { PhotoCheck } from '#lib/conversions/photo-check-view.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { Problem } from './studio-notes.tsx';
import type { Draft } from './use-draft.ts';

type Options = {
  draft: Draft;
  left: number;
  checks: Readonly<Record<string, PhotoCheck>>;
  /** Shows the photo that is in the way. */
  onShow: (at: number) => void;
};

/** Starts the conversions of a draft, or says what is in the way: what can be known here, before asking. */
export function useStart({ draft: { photos, look }, left, checks, onShow }: Options) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, start] = useTransition();

  const begin = () => {
    if (isBusy) return;
    if (photos.length === 0) return setProblem({ kind: 'photo' });
    if (!look) return setProblem({ kind: 'style' });
    if (photos.length > left) return setProblem({ kind: 'notEnough' });
    const unusable = photos.findIndex(({ id }) => checks[id]?.usable === false);
    if (unusable >= 0) {
      onShow(unusable);
      return setProblem({ kind: 'unusable' });
    }
    setProblem(null);
    start(async () => {
      const answer = await requestConversions({ imageIds: photos.map(({ id }) => id), ...look }).catch(
        () => ({ ok: false, code: 'service.unavailable' }) as const,
      );
      if (answer.ok) {
        const [only] = answer.value.ids;
        router.push(answer.value.ids.length === 1 ? `/conversions/${only}` : '/conversions');
        // The header's quota, too.
        return router.refresh();
      }
      setProblem({ kind: 'refused', code: answer.code });
      // The quota may have been spent in another tab.
      if (answer.code === 'quota.exceeded') router.refresh();
    });
  };
  return { begin, isBusy, problem, forget: () => setProblem(null) };
}
