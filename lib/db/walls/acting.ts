import { AsyncLocalStorage } from 'node:async_hooks';
import { perProcess } from '#lib/core/per-process.ts';

/**
 * For whom the database is asked. Its row-level security shows the rows of these accounts alone, whatever a WHERE says
 * (docs/decisions/071). Carried beside the program's own rules, from the doors to the connection, never as a parameter.
 */
type Acting = { isSystem: boolean; readonly accounts: Set<string> };

const make = (isSystem = false, ...accounts: string[]): Acting => ({ isSystem, accounts: new Set(accounts) });

const acting = perProcess('db.acting', () => ({ now: new AsyncLocalStorage<Acting>(), outside: make() }));

/** Who acts where no request and no account is named: the program itself in workers and commands, nobody in web servers. */
export function actOutside(who: 'system' | 'nobody'): void {
  acting.outside.isSystem = who === 'system';
}

/**
 * Runs a web request, or goes on with the one that runs: it begins as nobody's, and becomes that of the accounts whose
 * sessions it shows ({@link actAlso}).
 */
export function actForRequest<T>(work: () => T): T {
  return acting.now.getStore() ? work() : acting.now.run(make(), work);
}

/** Prisma sends a statement when it is awaited, so that must happen inside. */
const within = <T>(who: Acting, work: () => PromiseLike<T>): Promise<T> =>
  acting.now.run(who, async () => await work());

/** Runs `work` for one account and no other. */
export function actFor<T>(accountId: string, work: () => PromiseLike<T>): Promise<T> {
  return within(make(false, accountId), work);
}

/**
 * Runs `work` for the program itself: what is counted over everybody, what a token opens, what an administrator does. The
 * callers are listed with their reasons in `tests/architecture/walls.test.ts`.
 */
export function actAsSystem<T>(work: () => PromiseLike<T>): Promise<T> {
  return within(make(true), work);
}

/** From here on the current request is this account's too: its session was shown, or its code or password. */
export function actAlso(accountId: string): void {
  acting.now.getStore()?.accounts.add(accountId);
}

/** From here on the current request is the program's: an administrator was let in. */
export function actAlsoAsSystem(): void {
  const now = acting.now.getStore();
  if (now) now.isSystem = true;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the setting `app.account` says for the statements sent now: `system`, an array of ids, or nothing for visitors. */
export function actingNow(): string {
  const { isSystem, accounts } = acting.now.getStore() ?? acting.outside;
  if (isSystem) return 'system';
  if (accounts.size === 0) return '';
  const ids = [...accounts];
  // It becomes part of a statement that takes no parameters.
  if (!ids.every((id) => uuid.test(id))) throw new Error('an account is named by its id');
  return `{${ids.join(',')}}`;
}
