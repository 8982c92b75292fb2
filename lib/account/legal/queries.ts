import { currentUser, currentVendor } from '#lib/auth/door/current.ts';
import { type AccountRef, accountOf } from '#lib/core/actor.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { legalScope } from '#lib/db/changes/watch-changes.ts';
import { db } from '#lib/db/client.ts';
import { orLastKnown } from '#lib/db/last-known.ts';
import type { LegalPage } from './policy.ts';
import { findText, type LegalVersion, listUnagreed, listVersions } from './store.ts';

const knownAs = { name: legalScope, freshMs: 60_000 } as const;

const hasBegun = ({ startsAt }: LegalVersion) => startsAt.getTime() <= Date.now();
const versionsOf = async (page: LegalPage) =>
  (await orLastKnown(knownAs, () => listVersions(db()))).filter((version) => version.page === page);

type LegalState = 'inForce' | 'before' | 'toCome';

/** A page of law as it is shown. */
export type LegalView = {
  /** The words of the version that is shown; null before an operator wrote any: the built-in ones hold. */
  readonly shown: (LegalVersion & { readonly text: string; readonly state: LegalState }) | null;
  readonly isInForce: boolean;
  /** Those that have begun, the latest first, and the one that comes next. */
  readonly begun: readonly LegalVersion[];
  readonly coming: LegalVersion | null;
};

/** The version that is asked for, else the one in force. What does not exist is the one in force. */
export async function getLegalText(
  page: LegalPage,
  locale: Locale,
  asked: number | null,
): Promise<LegalView> {
  const versions = await versionsOf(page);
  const begun = versions.filter(hasBegun);
  const coming = versions.filter((version) => !hasBegun(version)).at(-1) ?? null;
  const inForce = begun[0] ?? null;
  const chosen = versions.find(({ version }) => version === asked) ?? inForce;
  const text = chosen && (chosen[locale] ?? (await findText(db(), page, chosen.version, locale)));
  const isInForce = chosen === inForce;
  const state = isInForce ? 'inForce' : chosen && hasBegun(chosen) ? 'before' : 'toCome';
  return {
    shown: chosen && text !== null ? { ...chosen, text, state } : null,
    isInForce,
    begun,
    coming,
  };
}

/** Accounts that had agreed to everything, and to which versions: they are asked once a change. */
const agreed = perProcess('account.agreed', () => new Map<string, string>());
const mostKnown = 10_000;

async function findUnagreed(owner: AccountRef, inForce: readonly LegalVersion[]): Promise<LegalVersion[]> {
  const account = `${owner.kind} ${owner.accountId}`;
  const versions = inForce.map(({ page, version }) => `${page} ${version}`).join();
  if (agreed.get(account) === versions) return [];
  const unagreed = await listUnagreed(db(), owner);
  if (unagreed.length > 0) return unagreed;
  if (agreed.size >= mostKnown) agreed.clear();
  agreed.set(account, versions);
  return [];
}

export type Unagreed = {
  readonly kind: AccountRef['kind'];
  readonly versions: readonly Omit<LegalVersion, 'startsAt'>[];
};

/**
 * What is in force and whoever is signed in has not agreed to, for each of the two accounts that a browser can have. Nothing
 * is asked of anybody before an operator has published a text.
 */
export async function getUnagreed(): Promise<Unagreed[]> {
  const actors = (await Promise.all([currentUser(), currentVendor()])).filter((actor) => actor !== null);
  if (actors.length === 0) return [];
  const inForce = [...(await versionsOf('terms')).filter(hasBegun).slice(0, 1)].concat(
    (await versionsOf('privacy')).filter(hasBegun).slice(0, 1),
  );
  if (inForce.length === 0) return [];
  const asked = await Promise.all(
    actors.map(async (actor) => ({
      kind: actor.kind,
      versions: (await findUnagreed(accountOf(actor), inForce)).map(({ page, version }) => ({
        page,
        version,
      })),
    })),
  );
  return asked.filter(({ versions }) => versions.length > 0);
}
