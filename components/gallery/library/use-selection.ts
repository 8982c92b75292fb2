'use client';

import { useState } from 'react';

/** Which things of a list are chosen. What leaves the list is not chosen any more. */
export function useSelection(ids: readonly string[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selected = ids.filter((id) => chosen.has(id));
  return {
    /** In the order of the list. */
    selected,
    has: (id: string) => chosen.has(id),
    toggle: (id: string) =>
      setChosen((before) => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      }),
    all: () => setChosen(new Set(ids)),
    clear: () => setChosen(new Set()),
  };
}
