import { setTimeout as sleep } from 'node:timers/promises';
import { codeFor } from '#lib/auth/code/codes.ts';
import { sessionCookieName } from '#lib/auth/session/cookies.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { type Browser, browserAt } from '#scripts/rig/browser.ts';
import type { TestDatabase } from '#scripts/rig/database.ts';
import { cookieJar } from '../cookie-jar.ts';
import type { Chance } from './chance.ts';
import type { Fate, History, Outcome } from './history.ts';

/** Where people of a round live. */
export type Town = {
  /** The addresses of the web servers. */
  readonly webs: readonly string[];
  /** Read beside the program, past the faults, for what a telephone would be told. */
  readonly database: TestDatabase;
  readonly history: History;
};

const password = 'a sentence nobody guesses';

/** Somebody with an account, and what the answers said about everything that is theirs. */
export type Person = {
  readonly kind: AccountKind;
  readonly phone: string;
  readonly who: string;
  account: Fate;
  /** Pictures by image id. */
  readonly images: Map<string, Fate>;
  /** Whether a picture is shown to everybody. */
  readonly shown: Map<string, Fate>;
  /** Conversions by the key they were asked for with; those that were acknowledged by id. */
  readonly asked: Map<string, { fate: Fate; id: string | null }>;
  readonly conversions: Map<string, Fate>;
  readonly albums: Map<string, Fate>;
  /** When payments were paid at the bank, by id. */
  readonly paid: Map<string, number>;
  /** Cookies of sessions that were ended. */
  readonly ended: string[];
  /** At one of the web servers, with this person's cookies. */
  at(): Browser;
  /** Has an action done. */
  act(name: string, path: string, input: object): Promise<{ outcome: Outcome; value: unknown; code: string }>;
  signUp(): Promise<boolean>;
  signIn(atMost?: number): Promise<boolean>;
  signOutAndIn(): Promise<void>;
  deleteAccount(): Promise<void>;
};

const pauseMs = 400;
const tries = 40;

/** Moves a fate along: what is asked for is unknown until it is answered, and a refusal changes nothing. */
export async function meet<T extends { outcome: Outcome }>(
  fates: Map<string, Fate>,
  id: string,
  wanted: Fate,
  ask: () => Promise<T>,
): Promise<T> {
  const before = fates.get(id);
  fates.set(id, 'unknown');
  const met = await ask();
  if (met.outcome === 'done') fates.set(id, wanted);
  if (met.outcome === 'refused') {
    if (before === undefined) fates.delete(id);
    else fates.set(id, before);
  }
  return met;
}

export function createPerson(town: Town, kind: AccountKind, phone: string, chance: Chance): Person {
  const { history, database } = town;
  const jar = cookieJar();
  const suffix = kind === 'user' ? 'User' : 'Vendor';
  const home = kind === 'user' ? '' : '/vendor';
  const account = kind === 'user' ? '/account' : '/vendor/profile';
  const who = `${kind} ${phone.slice(-4)}`;
  const heard = (response: Response) => {
    history.heard(response);
    jar.keep(response);
  };

  const person: Person = {
    kind,
    phone,
    who,
    account: 'gone',
    images: new Map(),
    shown: new Map(),
    asked: new Map(),
    conversions: new Map(),
    albums: new Map(),
    paid: new Map(),
    ended: [],
    at: () => browserAt(chance.one(town.webs), jar.cookie(), heard),
    async act(name, path, input) {
      const { outcome, answer } = await history.attempt(who, name, () => person.at().act(name, path, input));
      if (answer.code === 'auth.required' && person.account === 'there') {
        history.troubles.push(`${who}: signed out without having asked for it, at ${name}`);
        await person.signIn();
      }
      return { outcome, value: answer.value, code: answer.code ?? '' };
    },

    async signUp() {
      const names = kind === 'vendor' ? { businessName: `Studio ${phone}` } : { name: phone };
      for (let turn = 0; turn < tries; turn += 1) {
        if (turn > 0) await sleep(pauseMs);
        const begun = await person.act(`signUp${suffix}`, `${home}/signup`, { phone, password, ...names });
        if (begun.outcome !== 'done') continue;
        const code = await newestCode(database, phone);
        if (!code) continue;
        person.account = 'unknown';
        const verified = await person.act(`auth.verify${suffix}`, `${home}/verify`, { code });
        if (verified.outcome === 'done' || (await person.signIn(3))) {
          person.account = 'there';
          return true;
        }
      }
      return false;
    },

    async signIn(atMost = tries) {
      for (let turn = 0; turn < atMost; turn += 1) {
        if (turn > 0) await sleep(pauseMs);
        const input = { phone, password };
        const { outcome, answer } = await history.attempt(who, 'sign in', () =>
          person.at().act(`signIn${suffix}`, `${home}/login`, input),
        );
        if (outcome === 'done') return true;
        if (answer.code === 'auth.badCredentials') {
          if (person.account === 'there') history.troubles.push(`${who}: an account is not known any more`);
          return false;
        }
      }
      return false;
    },

    async signOutAndIn() {
      const cookie = jar.cookie();
      const left = await person.act(`signOut${suffix}`, account, {});
      if (left.outcome === 'done' && cookie.includes(sessionCookieName(kind))) person.ended.push(cookie);
      await person.signIn();
    },

    async deleteAccount() {
      const before = person.account;
      person.account = 'unknown';
      const gone = await person.act(`delete${suffix}Account`, account, {
        password,
        confirm: 'delete',
      });
      if (gone.outcome === 'done') person.account = 'gone';
      if (gone.outcome === 'refused') person.account = before;
    },
  };
  return person;
}

/** What the message to a number said; nothing while the database is away. */
async function newestCode(database: TestDatabase, phone: string): Promise<string | null> {
  const sent = `SELECT id FROM otps WHERE phone LIKE '%' || $1 AND consumed_at IS NULL ORDER BY created_at DESC LIMIT 1`;
  const [row] = await database.query<{ id: string }>(sent, [phone.slice(1)]).catch(() => []);
  return row ? codeFor(row.id) : null;
}
