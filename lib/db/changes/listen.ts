import { AsyncResource } from 'node:async_hooks';
import type pg from 'pg';
import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { BoundedClient, connectionOptions, patience } from '../connection.ts';
import { type Change, type Channel, channels } from './announcer.ts';

const reconnectDelayMs = 1000;
const heartbeatMs = 3000;
const answerMs = 3000;

/** Told the id that changed; null when anything may have changed unheard. */
type Listener = (id: string | null) => void;

/** Stands for every id of a channel. */
const anyRow = '*';

/** One LISTEN connection a process, shared by everyone who waits, closed when nobody does. */
class ChangeFeed {
  readonly #listeners = new Map<string, Set<Listener>>();
  #client: pg.Client | null = null;
  #connecting = false;

  subscribe(topic: string, told: Listener): () => void {
    // The connection is whoever's who came first: what a listener reads is asked for by the one who listens.
    const listener = AsyncResource.bind(told);
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(listener));
    void this.#connect();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(topic) === listeners) this.#listeners.delete(topic);
      if (this.#listeners.size === 0) this.close();
    };
  }

  tell(channel: string, payload: string): void {
    for (const topic of [`${channel} ${payload}`, `${channel} ${anyRow}`]) {
      for (const listener of this.#listeners.get(topic) ?? []) listener(payload);
    }
  }

  async #connect(): Promise<void> {
    if (this.#client || this.#connecting) return;
    this.#connecting = true;
    const client = new BoundedClient({
      ...connectionOptions(env().directUrl, { ...patience.short, silentMs: answerMs }),
      application_name: 'ai-stayler-feed',
    });
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ channel, payload = '' }) => this.tell(channel, payload));
    try {
      await client.connect();
      for (const channel of channels) await client.query(`LISTEN ${channel}`);
      this.#client = client;
      this.#listenTo(client);
      // What happened before we listened is not told: everybody looks once.
      for (const listeners of this.#listeners.values()) for (const listener of listeners) listener(null);
      if (this.#listeners.size === 0) this.close();
    } catch (error) {
      this.#lost(client, error);
    } finally {
      this.#connecting = false;
    }
  }

  /** Asks now and then whether anybody is there: a line that went dead brings no news, and says nothing of it either. */
  #listenTo(client: pg.Client): void {
    const timer = setInterval(() => void client.query('SELECT 1').catch(() => undefined), heartbeatMs);
    timer.unref();
    client.once('end', () => clearInterval(timer));
  }

  close(): void {
    const client = this.#client;
    this.#client = null;
    client?.end().catch(() => {});
  }

  #lost(client: pg.Client, error?: unknown): void {
    if (error) log.warn({ err: error }, 'the change feed lost its connection');
    if (this.#client === client) this.#client = null;
    else if (!error) return;
    client.end().catch(() => {});
    if (this.#listeners.size > 0) setTimeout(() => void this.#connect(), reconnectDelayMs).unref();
  }
}

const feed = perProcess('db.changeFeed', () => new ChangeFeed());

/**
 * Calls `listener` soon after the row with this id changes, and whenever changes may have been missed.
 * Returns how to stop.
 */
export function watchRow(channel: Channel, id: string, listener: () => void): () => void {
  return feed.subscribe(`${channel} ${id}`, listener);
}

/** The same for every row of a channel: `listener` is told which, or null when changes may have been missed. */
export function watchRows(channel: Channel, listener: Listener): () => void {
  return feed.subscribe(`${channel} ${anyRow}`, listener);
}

/**
 * What this process itself did to a gallery ends what it keeps of it at once: whoever did it looks next. Of other changes
 * those who wait here hear with everybody else, once.
 */
export function tellHere([channel, payload]: Change): void {
  if (channel === 'gallery_changed') feed.tell(channel, payload);
}

/** Ends this process's listening connection, so that a script can exit. */
export function stopListening(): void {
  feed.close();
}
