import { recordEvent } from '#lib/audit/record-event.ts';
import { env } from '#lib/core/env/env.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { type Agreement, insertAgreement, listAgreements } from './store.ts';

/** The wording people are shown; a new one is a new edition, and asks again. */
const wording = 'photos-1';

/** What a person is asked to agree to as this installation is configured, and the code that stands for it. */
type PhotoTerms = {
  /** Every engine that could be given the photo; our own where none is hosted. */
  readonly agreements: readonly Agreement[];
  /** Sent with the upload by a browser that showed the sentence. */
  readonly code: string;
};

export function photoTerms(): PhotoTerms {
  const { engines } = env();
  const seers = engines.length > 0 ? engines : [{ name: 'local', country: '' }];
  const agreements = seers.map(({ name, country }) => ({ terms: wording, engine: name, country }));
  const code = agreements.map(({ engine, country }) => `${engine}:${country}`).join('+');
  return { agreements, code: `${wording}:${code}` };
}

const nameOf = ({ terms, engine, country }: Agreement) => `${terms}:${engine}:${country}`;

/** What of this a person has not agreed to yet. */
export async function missingAgreements(
  userId: string,
  wanted: readonly Agreement[] = photoTerms().agreements,
): Promise<readonly Agreement[]> {
  const had = new Set((await listAgreements(userId)).map(nameOf));
  return wanted.filter((agreement) => !had.has(nameOf(agreement)));
}

/** Of these engines those that a person's photos may be sent to: to which they agreed, where each works now. */
export async function agreedEngines<Engine extends { readonly name: string; readonly country: string }>(
  userId: string,
  engines: readonly Engine[],
): Promise<readonly Engine[]> {
  const toAgreement = ({ name, country }: Engine) => ({ terms: wording, engine: name, country });
  const missing = new Set((await missingAgreements(userId, engines.map(toAgreement))).map(nameOf));
  return engines.filter((engine) => !missing.has(nameOf(toAgreement(engine))));
}

/**
 * Records, before the first photo of a person is taken in, that they agreed to what is kept, for how long and
 * who sees it. A photo that would leave our server is refused without it.
 */
export async function agreeToPhotos(userId: string, sentCode: string | undefined): Promise<Result<null>> {
  const { code } = photoTerms();
  const missing = await missingAgreements(userId);
  if (missing.length === 0) return succeed(null);
  if (sentCode !== code) {
    // Nothing leaves our server: a program that knows no sentence may send a photo all the same.
    if (env().engines.length === 0 && sentCode === undefined) return succeed(null);
    return fail('agreement.required', `sent ${sentCode ?? 'nothing'} for ${code}`);
  }
  return transact(async (tx) => {
    for (const agreement of missing) {
      if (!(await insertAgreement(tx, userId, agreement))) continue;
      const actor = { kind: 'user', userId, sessionId: '' } as const;
      await recordEvent(tx, actor, 'agreement.record', { resource: 'agreement', metadata: agreement });
    }
    return succeed(null);
  });
}
