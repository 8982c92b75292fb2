import { AsyncLocalStorage } from 'node:async_hooks';
import { perProcess } from '#lib/core/per-process.ts';
import { actAsSystem, actFor } from './walls/acting.ts';

/** So many transactions of one account run at once in a process; others of it wait for their turn. */
const ofOneAccount = 3;
/** So many of all: three of the ten connections are left to those who only read. */
const ofAll = 7;
const longestWaitMs = 4_000;

type Line = { running: number; readonly waiting: (() => void)[] };

const turns = perProcess('db.turns', () => ({
  account: new AsyncLocalStorage<string>(),
  lines: new Map<string, Line>(),
}));

/** No turn within four seconds: what is before in the line waits for something itself. */
export class NoTurn extends Error {
  constructor(key: string) {
    super(`no turn for a transaction of ${key} within ${longestWaitMs} ms`);
  }
}

/**
 * Runs `work` for an account (`user|<id>`): its transactions take turns. A row of one account that somebody holds keeps
 * a few of its transactions waiting, never all connections of the process. The database shows it that account's rows;
 * to an administrator (`admin|<id>`), everybody's.
 */
export function runForAccount<T>(account: string, work: () => PromiseLike<T>): Promise<T> {
  const [kind, id = ''] = account.split('|');
  return turns.account.run(account, () => (kind === 'admin' ? actAsSystem(work) : actFor(id, work)));
}

/** Waits for a turn of the current account and one of the process. Throws `NoTurn`. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const account = turns.account.getStore();
  const all = () => inLine('all', ofAll, work);
  return account === undefined ? all() : inLine(account, ofOneAccount, all);
}

async function inLine<T>(key: string, atOnce: number, work: () => Promise<T>): Promise<T> {
  const { lines } = turns;
  const line = lines.get(key) ?? { running: 0, waiting: [] };
  lines.set(key, line);
  if (line.running < atOnce) line.running += 1;
  else await waitIn(line, key);
  try {
    return await work();
  } finally {
    // The first that waits takes this turn over; nobody can slip in between.
    const next = line.waiting.shift();
    if (next) next();
    else line.running -= 1;
    if (line.running === 0) lines.delete(key);
  }
}

function waitIn(line: Line, key: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const begin = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      line.waiting.splice(line.waiting.indexOf(begin), 1);
      reject(new NoTurn(key));
    }, longestWaitMs);
    line.waiting.push(begin);
  });
}
