'use client';

import { useRef, useState, useTransition } from 'react';
import { callAction, mayBeDone } from '#components/ui/action/call-action.ts';
import { requestConversions } from '#lib/conversions/actions.ts';
import type { PhotoCheck } from '#lib/conversions/photo-check/view.ts';
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

/** 128 random bits, also where a page has no secure context and so no `randomUUID`. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Starts the conversions of a draft, or says what is in the way: what can be known here, before asking. */
export function useStart({ draft: { photos, look }, left, checks, onShow }: Options) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, start] = useTransition();
  // A wish that got no answer may have been heard: sent again as it is, it keeps its key and is charged once.
  const unanswered = useRef<{ wish: string; key: string } | null>(null);

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
      const wanted = { imageIds: photos.map(({ id }) => id), ...look };
      const wish = JSON.stringify(wanted);
      const key = unanswered.current?.wish === wish ? unanswered.current.key : newKey();
      unanswered.current = { wish, key };
      const answer = await callAction(requestConversions, { ...wanted, requestKey: key });
      if (!answer.ok && mayBeDone(answer)) return setProblem({ kind: 'refused', code: answer.code });
      unanswered.current = null;
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
