import type { Tone } from '../alert.tsx';

export type Toast = { id: number; tone: Tone; text: string };

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says something in passing, at the foot of the screen. What must not be missed is an `Alert`. */
export function toast(tone: Tone, text: string): void {
  lastId += 1;
  // Three at most: an older one has been read or is not worth reading any more.
  change([...toasts, { id: lastId, tone, text }].slice(-3));
}

export function dismissToast(id: number): void {
  change(toasts.filter((one) => one.id !== id));
}

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function currentToasts(): readonly Toast[] {
  return toasts;
}
