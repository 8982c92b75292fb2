import { env } from '#lib/core/env/env.ts';
import type { SpendingSettings } from '#lib/core/env/spending-env.ts';
import { type EngineLook, enginesFor, type HostedEngineSettings } from '#lib/core/env/style-env.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { agreedEngines } from '#lib/files/photo/agree-to-photos.ts';
import { admittedPrice, engineDay, releaseEngineCall } from '#lib/rate-limit/spending.ts';
import type { LookRequest } from '../input.ts';
import { findReferenceRow } from '../reference/store.ts';
import { type Attempt, noteEngine } from '../store.ts';

/** What engines are chosen for, of a look that is asked for. What is not there is refused by who charges. */
async function toEngineLook(look: LookRequest): Promise<EngineLook> {
  if ('style' in look) return 'style';
  return (await findReferenceRow(look.reference))?.lookKind ?? 'light';
}

/**
 * The looks as they will be made. A hosted engine makes the whole of a look, and its result must not say that it is a part
 * (decision 064): it is asked for without a strength, and once where two differed by nothing else.
 */
export async function looksAsMade(looks: readonly LookRequest[]): Promise<readonly LookRequest[]> {
  const { engines } = env();
  if (engines.length === 0 || looks.every(({ strength }) => strength === undefined)) return looks;
  const made = new Map<string, LookRequest>();
  for (const look of looks) {
    const isHosted = enginesFor(await toEngineLook(look), engines).length > 0;
    const whole = isHosted ? { ...look, strength: undefined } : look;
    made.set(JSON.stringify(whole), whole);
  }
  return [...made.values()];
}

/**
 * The sums at which conversions of these looks may be admitted into the day, the dearest first: where that no longer fits, a
 * cheaper engine may. A sum of null is for what costs nothing here. Fails with `agreement.required` when the person has
 * agreed to no engine that makes one of the looks.
 */
export async function admissionPrices(
  userId: string,
  looks: readonly LookRequest[],
): Promise<Result<readonly (SpendingSettings | null)[]>> {
  const { engines } = env();
  if (engines.length === 0) return succeed([null]);
  const agreed = await agreedEngines(userId, engines);
  const needed: (readonly HostedEngineSettings[])[] = [];
  for (const look of looks) {
    // Only where engines are named for looks it matters which one it is.
    const named = engines.every((one) => one.looks === null)
      ? engines
      : enginesFor(await toEngineLook(look), engines);
    if (named.length === 0) continue;
    const able = named.filter((engine) => agreed.includes(engine));
    if (able.length === 0) return fail('agreement.required', `no agreement to ${named[0]?.name}`);
    needed.push(able);
  }
  if (needed.length === 0) return succeed([null]);
  const least = Math.max(...needed.map((able) => Math.min(...able.map(({ priceRials }) => priceRials))));
  const prices = new Set(needed.flat().map(({ priceRials }) => priceRials));
  const sums = [...prices].filter((price) => price >= least).sort((a, b) => b - a);
  return succeed(sums.map(engineDay));
}

/**
 * Of these engines those that may be asked in this attempt. Who was asked in an earlier one may have made, and charged for, the
 * picture: it is asked again, under the same key, and nobody else. The owner of the photo has agreed to each, and each costs no
 * more than the day has admitted (or is the cheapest, where prices have risen since).
 */
export async function allowEngines(
  { conversionId, userId, askedEngine }: { conversionId: string; userId: string; askedEngine: string | null },
  engines: readonly HostedEngineSettings[],
): Promise<Result<readonly HostedEngineSettings[]>> {
  const wasAsked = askedEngine !== null && askedEngine !== 'local';
  const open = wasAsked ? engines.filter(({ name }) => name === askedEngine) : engines;
  if (open.length === 0)
    return fail('conversion.engine', `${askedEngine} was asked and is not set up any more`);
  const agreed = await agreedEngines(userId, open);
  if (agreed.length === 0) return fail('agreement.required', `no agreement to ${open[0]?.name}`);
  const sum = await admittedPrice(conversionId);
  if (sum === null || wasAsked) return succeed(agreed);
  const fitting = agreed.filter(({ priceRials }) => priceRials <= sum);
  const cheapest = Math.min(...agreed.map(({ priceRials }) => priceRials));
  return succeed(fitting.length > 0 ? fitting : agreed.filter(({ priceRials }) => priceRials === cheapest));
}

/** Notes which of several engines is about to be asked; false when the attempt no longer holds the conversion. */
export async function beginWith(claim: Attempt, engine: string): Promise<boolean> {
  if (!(await noteEngine(claim, engine))) return false;
  if (engine === 'local') await releaseEngineCall(claim.conversionId);
  return true;
}
