'use client';

import { useTranslations } from 'next-intl';
import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { pickImage } from '#lib/sharing/pick/actions.ts';
import type { PickComment, Picks } from '#lib/sharing/pick/view.ts';

/** What is chosen and said behind the link of this page, and how that changes. */
export type PicksHere = {
  readonly token: string;
  readonly chosen: ReadonlySet<string>;
  readonly comments: readonly PickComment[];
  readonly sentAt: string | null;
  /** Chooses a picture or takes it back: shown at once, and undone when it was not taken. */
  readonly turn: (imageId: string) => void;
  readonly setComments: (change: (comments: readonly PickComment[]) => readonly PickComment[]) => void;
  readonly noteSent: () => void;
};

type Kept = Pick<PicksHere, 'chosen' | 'comments' | 'sentAt'>;

/** What was done here stands when one comes back to the page: the framework keeps pages as they first came. */
const kept = new Map<string, Kept>();

const Context = createContext<PicksHere | null>(null);

/** Null where nobody may choose. */
export const usePicks = () => use(Context);

/** For a link at which one may choose. Needs `picks` and `errors`. */
export function PicksProvider({
  token,
  picks,
  children,
}: {
  token: string;
  picks: Picks;
  children: ReactNode;
}) {
  const errors = useTranslations('errors');
  const [state, setState] = useState<Kept>(
    () => kept.get(token) ?? { ...picks, chosen: new Set(picks.chosen) },
  );
  const here = useMemo<PicksHere>(() => {
    const change = (next: (before: Kept) => Kept) =>
      setState((before) => {
        const after = next(before);
        kept.set(token, after);
        return after;
      });
    const set = (imageId: string, isPicked: boolean) =>
      change((before) => {
        const chosen = new Set(before.chosen);
        if (isPicked) chosen.add(imageId);
        else chosen.delete(imageId);
        return { ...before, chosen };
      });
    const turn = async (imageId: string) => {
      const isPicked = !state.chosen.has(imageId);
      set(imageId, isPicked);
      const answer = await callAction(pickImage, { token, imageId, isPicked });
      if (answer.ok) return;
      set(imageId, !isPicked);
      toast('danger', errors(answer.code));
    };
    return {
      ...state,
      token,
      turn: (imageId) => void turn(imageId),
      setComments: (next) => change((before) => ({ ...before, comments: next(before.comments) })),
      noteSent: () => change((before) => ({ ...before, sentAt: new Date().toISOString() })),
    };
  }, [state, token, errors]);
  return <Context value={here}>{children}</Context>;
}
