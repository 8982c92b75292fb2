let isOutdated = false;
const listeners = new Set<() => void>();

/** Says that the site was renewed since this page was opened. The listener tells the reader once. */
export function noteOutdated(): void {
  isOutdated = true;
  for (const listener of listeners) listener();
}

export function subscribeToOutdated(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function readOutdated(): boolean {
  return isOutdated;
}
