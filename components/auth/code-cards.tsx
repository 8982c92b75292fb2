'use client';

import { useEffect, useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import type { Action } from '#lib/core/action.ts';
import type { PublicFailure } from '#lib/core/result.ts';

type CodeCard = { readonly code: string; readonly text: string; readonly endsInSeconds: number };
type Props = {
  cards: readonly CodeCard[];
  words: Readonly<Record<'title' | 'refuse' | 'refused', string>>;
  refuse: Action<unknown>;
};

/** Codes that go when they lapse, and the way to end them before. */
export function CodeCards({ cards, words, refuse }: Props) {
  const [shown, setShown] = useState(cards);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<PublicFailure | null>(null);
  useEffect(() => {
    const timers = cards.map((card) =>
      setTimeout(() => setShown((now) => now.filter((one) => one !== card)), card.endsInSeconds * 1000),
    );
    return () => timers.forEach(clearTimeout);
  }, [cards]);
  if (shown.length === 0) return null;
  const end = async () => {
    setBusy(true);
    const answer = await callAction(refuse, {});
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    setShown([]);
    toast('success', words.refused);
  };
  return (
    <Card aria-labelledby="codes-title" className="grid gap-4">
      <h2 id="codes-title" className="text-lg font-semibold">
        {words.title}
      </h2>
      <ul className="grid gap-4">
        {shown.map(({ code, text }) => (
          <li key={code} className="grid gap-2">
            <p className="text-sm">{text}</p>
            <p dir="ltr" className="text-center text-2xl font-extrabold tracking-widest tabular-nums">
              {code}
            </p>
          </li>
        ))}
      </ul>
      <Button variant="secondary" busy={isBusy} onClick={() => void end()} className="justify-self-start">
        {words.refuse}
      </Button>
      <FormFailure failure={failure} />
    </Card>
  );
}
