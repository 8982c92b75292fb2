import { once } from 'node:events';
import { createServer, type Socket, connect as tcpConnect } from 'node:net';

/** What befalls one message to the server. */
export type Fault =
  /** The server gets it and answers; the answer is lost and the line cut. */
  | 'answer lost'
  /** The server never gets it; the line is cut. */
  | 'cut before'
  /** The server gets it and answers; nothing is heard any more, and nothing is cut. */
  | 'silent';

/** A line to PostgreSQL that fails on purpose. */
export type FaultProxy = {
  /** The same database through the proxy. */
  readonly url: string;
  /** How many COMMITs came since the last `arm` or `reset`. */
  readonly commits: number;
  /**
   * Has a fault befall the commit after so many others (0: the next). Disarmed by happening; with `thenRefuse` nobody
   * gets through any more from then on.
   */
  arm(fault: Fault, after?: number, options?: { thenRefuse?: boolean }): void;
  /** Forgets what was counted and armed; lines that went silent are cut, and new ones work again. */
  reset(): void;
  /** From now on every line, open or new, is silent: nothing passes in either direction, nothing is cut. */
  silence(): void;
  /** Cuts every open line; with `refuse` new ones are refused until `reset`. */
  cut(options?: { refuse?: boolean }): void;
  close(): Promise<void>;
};

const query = 0x51;

/**
 * Frontend messages of PostgreSQL's protocol (version 3, "Message Formats"): one type byte but for the first, then a
 * length of four bytes that counts itself.
 */
class Messages {
  #held = Buffer.alloc(0);
  #isStarted = false;

  *take(chunk: Buffer): Generator<{ bytes: Buffer; isCommit: boolean }> {
    this.#held = Buffer.concat([this.#held, chunk]);
    for (;;) {
      const header = this.#isStarted ? 1 : 0;
      if (this.#held.length < header + 4) return;
      const end = header + this.#held.readInt32BE(header);
      if (this.#held.length < end) return;
      const bytes = this.#held.subarray(0, end);
      this.#held = this.#held.subarray(end);
      // P parses a named or unnamed statement, Q asks at once; both carry the text.
      const text = this.#isStarted ? bytes.toString('latin1', 5) : '';
      const isCommit =
        bytes[0] === query ? /^commit\b/i.test(text) : bytes[0] === 0x50 && /^[^\0]*\0commit\b/i.test(text);
      this.#isStarted = true;
      yield { bytes, isCommit };
    }
  }
}

/** Stands between a program and its server, knows COMMIT when it sees it, and lets happen what is asked for. */
export async function startFaultProxy(databaseUrl: string): Promise<FaultProxy> {
  const target = new URL(databaseUrl);
  const lines = new Set<{ near: Socket; far: Socket; isSilent: boolean }>();
  let armed: { fault: Fault; after: number; thenRefuse: boolean } | undefined;
  let commits = 0;
  let state: 'open' | 'silent' | 'refusing' = 'open';

  const server = createServer((near) => {
    if (state === 'refusing') return void near.destroy();
    const far = tcpConnect(Number(target.port || 5432), target.hostname);
    const line = { near, far, isSilent: state === 'silent' };
    lines.add(line);
    const end = () => {
      near.destroy();
      far.destroy();
      lines.delete(line);
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
    const messages = new Messages();
    near.on('data', (chunk: Buffer) => {
      for (const { bytes, isCommit } of messages.take(chunk)) {
        if (line.isSilent) return;
        const fault = isCommit ? strike(near) : undefined;
        if (fault === 'cut before') return end();
        if (fault) {
          line.isSilent = true;
          // The server has answered when it says so: what it says goes nowhere.
          if (fault === 'answer lost') far.once('data', end);
        }
        far.write(bytes);
      }
    });
    far.on('data', (chunk: Buffer) => {
      if (!line.isSilent) near.write(chunk);
    });
  });

  function strike(struck: Socket): Fault | undefined {
    commits += 1;
    if (!armed || commits <= armed.after) return undefined;
    const { fault, thenRefuse } = armed;
    armed = undefined;
    if (thenRefuse) {
      state = 'refusing';
      for (const line of [...lines]) if (line.near !== struck) line.near.destroy();
    }
    return fault;
  }

  function cutAll(): void {
    for (const { near, far } of [...lines]) {
      near.destroy();
      far.destroy();
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' && address ? address.port : 0);
  return {
    url: url.href,
    get commits() {
      return commits;
    },
    arm(fault, after = 0, { thenRefuse = false } = {}) {
      commits = 0;
      armed = { fault, after, thenRefuse };
    },
    reset() {
      commits = 0;
      armed = undefined;
      state = 'open';
      for (const line of [...lines]) if (line.isSilent) line.near.destroy();
    },
    silence() {
      state = 'silent';
      for (const line of lines) line.isSilent = true;
    },
    cut({ refuse = false } = {}) {
      if (refuse) state = 'refusing';
      cutAll();
    },
    async close() {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
