import { readSupport } from '#lib/styles/browser/read-support.ts';

/** Sends for the engine while somebody looks for a photo on their device: a slow line has the seconds that takes. */
export function warmEngine(): void {
  if (!readSupport().can) return;
  void import('#lib/styles/browser/device-engine.ts').then(
    ({ deviceEngine }) => deviceEngine().warm(),
    () => undefined,
  );
}
