import { type Conversation, createTcpProxy, isCommit } from './tcp-proxy.ts';

/** What befalls one COMMIT. */
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
  commits(): number;
  /**
   * Has a fault befall the commit after so many others (0: the next). Disarmed by happening; with `thenRefuse` nobody
   * gets through any more from then on.
   */
  arm(fault: Fault, after?: number, options?: { thenRefuse?: boolean }): void;
  /**
   * From now on `chance` is asked about every statement, or about every COMMIT, whether its answer is to be lost and its line
   * cut; `reset` ends it.
   */
  lose(what: 'statements' | 'commits', chance: () => boolean): void;
  /** Cuts one open line, which `pick` chooses by its place among so many. */
  cutOne(pick: (count: number) => number): void;
  /** Forgets what was counted and armed: new lines work. Those that went silent stay so. */
  reset(): void;
  /** From now on every line, open or new, is silent: nothing passes in either direction, nothing is cut. */
  silence(): void;
  /** Cuts every open line; new ones are refused until `reset`. */
  refuse(): void;
  close(): Promise<void>;
};

/** Stands between a program and its server, knows COMMIT when it sees it, and lets happen what is asked for. */
export async function startFaultProxy(databaseUrl: string, port = 0): Promise<FaultProxy> {
  const proxy = await createTcpProxy(databaseUrl, port);
  const struck = new Map<Conversation, Fault>();
  let armed: { fault: Fault; after: number; thenRefuse: boolean } | undefined;
  let commits = 0;
  let losing: { what: 'statements' | 'commits'; chance: () => boolean } | undefined;
  let state: 'open' | 'silent' | 'refusing' = 'open';

  const cutAllBut = (kept: Conversation | null) => {
    for (const one of [...proxy.conversations]) if (one !== kept) one.end();
  };

  function strike(conversation: Conversation): void {
    commits += 1;
    if (!armed || commits <= armed.after) return;
    const { fault, thenRefuse } = armed;
    armed = undefined;
    if (thenRefuse) {
      state = 'refusing';
      cutAllBut(conversation);
    }
    if (fault === 'cut before') conversation.end();
    else struck.set(conversation, fault);
  }

  proxy.watch((conversation, direction, text) => {
    const fault = struck.get(conversation);
    // Before the server says that it is ready, nothing is committed that could be lost.
    const isLost = direction === 'down' && conversation.isAnswered;
    if (isLost && fault === 'silent') conversation.isSilent = true;
    else if (isLost && fault === 'answer lost') conversation.end();
    else if (state === 'silent') conversation.isSilent = true;
    else if (state === 'refusing' && !fault) conversation.end();
    else if (direction === 'up') {
      const commits = isCommit(text);
      if (commits) strike(conversation);
      if (losing && text && (commits || losing.what === 'statements') && losing.chance())
        struck.set(conversation, 'answer lost');
    }
  });

  return {
    url: proxy.url,
    commits: () => commits,
    arm(fault, after = 0, { thenRefuse = false } = {}) {
      commits = 0;
      armed = { fault, after, thenRefuse };
    },
    lose(what, chance) {
      losing = { what, chance };
    },
    cutOne(pick) {
      [...proxy.conversations][pick(proxy.conversations.size)]?.end();
    },
    reset() {
      commits = 0;
      armed = undefined;
      losing = undefined;
      state = 'open';
    },
    silence() {
      state = 'silent';
      proxy.silence(() => true);
    },
    refuse() {
      state = 'refusing';
      cutAllBut(null);
    },
    close: () => proxy.close(),
  };
}
