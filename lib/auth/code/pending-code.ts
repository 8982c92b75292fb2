import { z } from 'zod';

/**
 * What waits with a code until it is typed. `message` says which text is sent:
 * the code; that the number has an account already; that an account idle for a year is not reset by a code
 * alone; nothing, for a number that nobody has here; or that devices of the account show the code (`device`), and no text is
 * sent. The page looks the same in all cases.
 */
export const pendingSchema = z.object({
  message: z.enum(['code', 'accountExists', 'recoveryStale', 'nothing', 'device']),
  /** What the browser that asks says of itself, for those devices. */
  asker: z.string().nullable().optional(),
  /** The sign-up that becomes an account when the code is right. */
  signUp: z.object({ passwordHash: z.string(), name: z.string().nullable() }).optional(),
});

export type Pending = z.output<typeof pendingSchema>;
