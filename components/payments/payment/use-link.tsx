'use client';

import { useSyncExternalStore } from 'react';
import { keptAt } from '#components/studio/draft/draft-flag.ts';
import { ButtonLink } from '#components/ui/button-link.tsx';

const never = () => () => undefined;

type Props = {
  href: string;
  words: string;
  /** What it says to somebody whose photo waits in the studio; null where nothing can wait. */
  goOn: string | null;
};

/** To where what was bought is used; a user who was about to make a picture goes on from there. */
export function UseLink({ href, words, goOn }: Props) {
  const waits = useSyncExternalStore(
    never,
    () => goOn !== null && keptAt() !== null,
    () => false,
  );
  return <ButtonLink href={waits ? `${href}?make=1` : href}>{waits ? goOn : words}</ButtonLink>;
}
