import { db } from '#lib/db/client.ts';
import { rollUp } from './figures-store.ts';

/** Brings the figures that administrators look at up to date. Safe to run anywhere, at any time, any number at once. */
export async function rollUpFigures(): Promise<boolean> {
  return rollUp(db());
}
