import { z } from 'zod';

/** The variables of the seal of trust (eNamad) that a shop in Iran shows; a part of `env.ts`. */

const text = z
  .string()
  .regex(/^[A-Za-z0-9]{1,64}$/)
  .optional();

export const sealVariables = {
  ENAMAD_ID: { schema: text, wrong: 'must be the id in the seal’s address', example: '123456' },
  ENAMAD_CODE: { schema: text, wrong: 'must be the code in the seal’s address', example: 'a1B2c3…' },
  ENAMAD_META: {
    schema: text,
    wrong: 'must be the content of the meta tag by which eNamad knows the site',
    example: '12345678',
  },
} as const;

type Variables = { [Name in keyof typeof sealVariables]: z.output<(typeof sealVariables)[Name]['schema']> };

/** Where the seal comes from; the policy of pages lets pictures come from there while one is set. */
export const sealOrigin = 'https://trustseal.enamad.ir';

export type Seal = {
  /** What the seal leads to, and its picture. */
  readonly page: string;
  readonly picture: string;
};

/** The seal, null without one, and the content of the meta tag that proves whose the site is. Each by itself. */
export function sealSettings(
  read: Variables,
  missing: (name: keyof typeof sealVariables) => Error,
): { readonly seal: Seal | null; readonly sealMeta: string | undefined } {
  const { ENAMAD_ID: id, ENAMAD_CODE: code, ENAMAD_META: sealMeta } = read;
  if (!id && !code) return { seal: null, sealMeta };
  if (!id) throw missing('ENAMAD_ID');
  if (!code) throw missing('ENAMAD_CODE');
  const query = `?id=${id}&Code=${code}`;
  return {
    seal: { page: `${sealOrigin}/${query}`, picture: `${sealOrigin}/logo.aspx${query}` },
    sealMeta,
  };
}
