import { z } from 'zod';
import { line } from '../input.ts';
import { scopesOf, tokenLimits, tokenLives } from './kinds.ts';

const name = line(tokenLimits.nameLength, 'tokens.field.nameLong').refine(
  (text) => text.length > 0,
  'tokens.field.nameMissing',
);
const password = z.string().min(1, 'auth.field.passwordMissing').max(512, 'auth.field.passwordLong');

const inputOf = <Scope extends string>(scopes: readonly [Scope, ...Scope[]]) =>
  z.object({
    name,
    scopes: z
      .array(z.enum(scopes))
      .min(1, 'tokens.field.scopesMissing')
      .max(scopes.length)
      .transform((all) => [...new Set(all)]),
    /** As a form sends it: days, in digits. */
    days: z
      .enum(tokenLives.map(String) as [string, ...string[]])
      .transform(Number)
      .pipe(z.literal(tokenLives)),
    password,
  });

/** What people choose for a token of their own. */
export const userTokenInput = inputOf(scopesOf.user);
export const vendorTokenInput = inputOf(scopesOf.vendor);

export const tokenChoice = z.strictObject({ id: z.uuid('errors.notFound') });
