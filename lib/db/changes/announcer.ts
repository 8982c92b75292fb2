import type pg from 'pg';
import { log } from '#lib/core/log.ts';

/** What is told between processes; the payload is the changed row's id, or a queue's name. */
export const channels = [
  'conversion_changed',
  'gallery_changed',
  'plans_changed',
  'legal_changed',
  'banners_changed',
  'job_queued',
] as const;
export type Channel = (typeof channels)[number];
export type Change = readonly [channel: Channel, payload: string];

/**
 * The name by which a connection says that its program tells of changes itself: to such a one the SQL function
 * `tell_change` says them as notices, and sends a NOTIFY within the transaction for everybody else.
 */
export const tellingName = 'ai-stayler';

/** The SQLSTATE of such a notice: its message is the channel, its detail the payload. */
const changeCode = 'ST100';

/** Long enough that what happens together is told together, too short to be noticed. */
const pauseMs = 10;

const isChannel = (name: unknown): name is Channel => channels.some((channel) => channel === name);

/**
 * Tells of changes in statements of its own, many in each. PostgreSQL lets only one transaction with a NOTIFY commit at a
 * time, so one inside a transaction makes all of them wait for each other's disk.
 */
export class Announcer {
  readonly #pool: pg.Pool;
  readonly #here: (change: Change) => void;
  #told = new Map<string, Change>();
  #timer: NodeJS.Timeout | undefined;

  /** @param here Called at once with each change, before the other processes hear of it. */
  constructor(pool: pg.Pool, here: (change: Change) => void) {
    this.#pool = pool;
    this.#here = here;
    pool.on('connect', (client) => this.#collectFrom(client));
  }

  add(change: Change): void {
    this.#here(change);
    this.#told.set(change.join(' '), change);
    this.#timer ??= setTimeout(() => void this.flush(), pauseMs);
  }

  /** Sends what waits. Whoever listens looks by itself every few seconds, so what cannot be sent is only late. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const told = [...this.#told.values()];
    this.#told = new Map();
    if (told.length === 0) return;
    const values = [told.map(([channel]) => channel), told.map(([, payload]) => payload)];
    const text =
      'SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS told (channel, payload)';
    try {
      await this.#pool.query({ text, values });
    } catch (error) {
      log.warn({ err: error, announcements: told.length }, 'what changed could not be announced');
    }
  }

  /**
   * Tells what triggers said on this connection as soon as its transaction is over, or the connection is: then nobody knows,
   * and whoever looks once too often has lost nothing.
   */
  #collectFrom(client: pg.PoolClient): void {
    let collected: Change[] = [];
    const over = () => {
      const changes = collected;
      collected = [];
      for (const change of changes) this.add(change);
    };
    client.on('notice', ({ code, message, detail }) => {
      if (code === changeCode && isChannel(message)) collected.push([message, detail ?? '']);
    });
    client.on('drain', () => {
      if (collected.length > 0 && client.getTransactionStatus() === 'I') over();
    });
    client.on('end', over);
  }
}
