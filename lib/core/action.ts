import type { PublicResult } from './result.ts';

/** A server action as the browser calls it: anything may be sent, a public result comes back. */
export type Action<View> = (input: unknown) => Promise<PublicResult<View>>;
