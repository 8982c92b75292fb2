import type { PublicResult } from './result.ts';

declare const sealed: unique symbol;

/**
 * A server action as the browser holds it: anything may be sent, a public result comes back. It cannot be called as it
 * is: a line may be cut, a page may be older than the site, and a component that awaits an action bare replaces the
 * page by an error. Components use `callAction` (`components/ui/action/call-action.ts`).
 */
export interface Action<out View> {
  readonly [sealed]: (input: unknown, key?: unknown) => Promise<PublicResult<View>>;
}

type Handler<View> = (input: unknown, key?: unknown) => Promise<PublicResult<View>>;

/** Makes a door's function an action. */
export function sealAction<View>(handler: Handler<View>): Action<View> {
  return handler as unknown as Action<View>;
}

/**
 * Sends an action on its way; throws what the line throws. For `callAction`, and for tests of doors.
 *
 * @param key What this wish is called, see `lib/core/request-id.ts`: the same when it is sent again.
 */
export function perform<View>(
  action: Action<View>,
  input: unknown,
  key?: string,
): Promise<PublicResult<View>> {
  const handler = action as unknown as Handler<View>;
  return key === undefined ? handler(input) : handler(input, key);
}
