import { z } from 'zod';

/** What a run of the emulator may be told to do otherwise. The defaults are what the live sandbox was seen to do. */
export const settingsSchema = z.object({
  /** The shapes of a refusal: `data` beside it, and `errors` itself. */
  failureData: z.enum(['array', 'object']).default('array'),
  failureErrors: z.enum(['object', 'array']).default('object'),
  failureHttp: z.union([z.literal(200), z.literal(400), z.literal(401), z.literal(422)]).default(200),
  /** `official`: the code as text and no `errors` at all, as the documents show it. */
  unVerifiedShape: z.enum(['official', 'plain']).default('official'),
  feeCalculation: z.boolean().default(false),
  /** Only these merchants, and only this host to return to; null lets all pass. */
  merchants: z.array(z.string()).nullable().default(null),
  callbackHost: z.string().nullable().default(null),
  retryAfterFailed: z.boolean().default(false),
  reverseAllowed: z.boolean().default(true),
  verifiesPerMinute: z.int().positive().nullable().default(null),
  /** Which of -50 and -51 is said when both would be true. */
  amountFirst: z.boolean().default(false),
  /** What the amount of a verification counts when the order was in Tomans. */
  verifyUnit: z.enum(['rial', 'sent']).default('rial'),
  /** After so many minutes money that nobody verified goes back. */
  returnAfterMinutes: z.int().positive().default(20),
  /** Makes authorities repeatable. */
  seed: z.string().nullable().default(null),
});

export type Settings = z.output<typeof settingsSchema>;

/** Whose requests go wrong, and how often: of one session, or of any; once, or until the faults are cleared. */
const reach = z.object({ authority: z.string().max(64).optional(), stays: z.boolean().optional() });

/** What goes wrong with one request. */
export const faultSchema = z.intersection(
  reach,
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('latency'), ms: z.int().min(0).max(60_000) }),
    z.object({ kind: z.literal('hang') }),
    z.object({ kind: z.literal('reset') }),
    z.object({ kind: z.literal('html502') }),
    z.object({ kind: z.literal('json500') }),
    z.object({ kind: z.literal('invalidJson') }),
    /** Done, and the answer lost. */
    z.object({ kind: z.literal('commitThenDrop') }),
    /** Not done, and refused with any code. */
    z.object({ kind: z.literal('code'), code: z.int() }),
  ]),
);

export type Fault = z.output<typeof faultSchema>;
