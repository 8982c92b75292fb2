let said = '';
const listeners = new Set<() => void>();

/**
 * Says a sentence to those who listen to the page, and to nobody else: the result of something whose effect is only
 * seen. It outlives the part of the page that says it.
 */
export function announce(text: string): void {
  // The same sentence twice is another one: a region that does not change is not read.
  said = said === text ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

export function subscribeToAnnouncements(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function currentAnnouncement(): string {
  return said;
}
