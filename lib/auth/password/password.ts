import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { perProcess } from '#lib/core/per-process.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { createLanes, type Lanes } from '#lib/core/threads/lanes.ts';
import { placesOf } from '#lib/rate-limit/client-address.ts';

const argon2id = promisify((parameters: Argon2Parameters, done: (error: Error | null, tag: Buffer) => void) =>
  argon2('argon2id', parameters, done),
);

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;

/** How many hashes run at once (19 MiB and a pool thread each) and how many may wait for their turn. */
const maxRunning = Math.max(1, Math.min(3, availableParallelism()));
const maxWaiting = 64;

/**
 * Whose turn it is to have something hashed. People who are signed in, or in a browser that the account knows, come before
 * strangers; `whose` is the account, or the network of a stranger, and nobody fills the line for the others.
 */
export type HashTurn = { readonly lane: 'inside' | 'stranger'; readonly whose: string };

const lanes = perProcess<Lanes<HashTurn['lane']>>('auth.hashLanes', () =>
  createLanes(maxRunning, [
    { name: 'inside', atOnce: maxRunning, maxWaiting },
    { name: 'stranger', atOnce: maxRunning, maxWaiting },
  ]),
);

/** Runs work when a place is free; null when too many wait already. */
function inTurn<T>(turn: HashTurn, work: () => Promise<T>): Promise<T | null> {
  return lanes.run(turn, work);
}

const inside: HashTurn = { lane: 'inside', whose: '' };

/** The turn of somebody whom nothing is known of. */
export function strangerTurn(address: string): HashTurn {
  return { lane: 'stranger', whose: placesOf(address).network };
}

const busy = () => fail('auth.busy', 'too many password hashes wait', { retryAfterSeconds: 2 });

/** One spelling for what can be typed in several: an accented letter or a half-width digit is the same secret. */
function bytesOf(password: string): Buffer {
  return Buffer.from(password.normalize('NFKC'), 'utf8');
}

const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');

/** Hashes a password into a PHC string. Fails with `auth.busy` when too many people sign in at once. */
export async function hashPassword(password: string, turn: HashTurn = inside): Promise<Result<string>> {
  const nonce = randomBytes(16);
  const tag = await inTurn(turn, () => argon2id({ ...cost, message: bytesOf(password), nonce }));
  if (!tag) return busy();
  const { memory, passes, parallelism } = cost;
  return succeed(
    `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`,
  );
}

type Stored = { nonce: Buffer; tag: Buffer; memory: number; passes: number; parallelism: number };

function parseHash(hash: string): Stored {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash);
  if (!match) throw new Error('stored password hash is not argon2id');
  const [, memory, passes, parallelism, nonce = '', tag = ''] = match;
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(nonce, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

/** Stands in for the hash of an account that does not exist, so that its absence costs the same time. */
const nobody: Stored = { ...cost, nonce: Buffer.alloc(16, 7), tag: Buffer.alloc(32) };

/** Whether a password belongs to a hash. `null`, for an unknown account, takes as long and is never right. */
export async function verifyPassword(
  password: string,
  hash: string | null,
  turn: HashTurn = inside,
): Promise<Result<boolean>> {
  const stored = hash === null ? nobody : parseHash(hash);
  const { nonce, tag, memory, passes, parallelism } = stored;
  const computed = await inTurn(turn, () =>
    argon2id({ memory, passes, parallelism, nonce, tagLength: tag.length, message: bytesOf(password) }),
  );
  if (!computed) return busy();
  return succeed(timingSafeEqual(computed, tag) && hash !== null);
}
