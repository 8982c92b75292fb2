import { recordEvent } from '#lib/audit/record-event.ts';
import { env } from '#lib/core/env/env.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { type Agreement, hasAgreed, insertAgreement } from './store.ts';

/** The wording people are shown; a new one is a new edition, and asks again. */
const wording = 'photos-1';

/** What a person is asked to agree to as this installation is configured, and the code that stands for it. */
export type PhotoTerms = Agreement & {
  /** Sent with the upload by a browser that showed the sentence. */
  readonly code: string;
};

export function photoTerms(): PhotoTerms {
  const engine = env().styleEngine;
  const country = engine === 'local' ? '' : (env().styleEngineCountry ?? '');
  return { terms: wording, engine, country, code: `${wording}:${engine}:${country}` };
}

/**
 * Records, before the first photo of a person is taken in, that they agreed to what is kept, for how long and
 * who sees it. A photo that would leave our server is refused without it.
 */
export async function agreeToPhotos(userId: string, sentCode: string | undefined): Promise<Result<null>> {
  const { code, ...agreement } = photoTerms();
  if (await hasAgreed(userId, agreement)) return succeed(null);
  if (sentCode !== code) {
    // Nothing leaves our server: a program that knows no sentence may send a photo all the same.
    if (agreement.engine === 'local' && sentCode === undefined) return succeed(null);
    return fail('agreement.required', `sent ${sentCode ?? 'nothing'} for ${code}`);
  }
  return transact(async (tx) => {
    if (await insertAgreement(tx, userId, agreement)) {
      const actor = { kind: 'user', userId, sessionId: '' } as const;
      await recordEvent(tx, actor, 'agreement.record', { resource: 'agreement', metadata: agreement });
    }
    return succeed(null);
  });
}
