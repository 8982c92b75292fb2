import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { codeExtensions, codeLifeSeconds } from '../policy.ts';
import { extendLiveCodes } from './store.ts';

/**
 * Lets the codes that a browser waits for live their whole time again, from now on: ten times, as WCAG 2.2 (2.2.1) asks
 * for. No message is sent and no attempt comes back, so that guessing gains nothing. Answers the seconds until they
 * lapse. Fails with `auth.codeExpired` when there is none that may live longer.
 */
export async function extendCodes(browserHash: string): Promise<Result<{ endsInSeconds: number }>> {
  const mostSeconds = codeLifeSeconds * (1 + codeExtensions);
  const endsInSeconds = await extendLiveCodes(db(), browserHash, {
    lifeSeconds: codeLifeSeconds,
    mostSeconds,
  });
  return endsInSeconds === null ? fail('auth.codeExpired', 'no code to extend') : succeed({ endsInSeconds });
}
