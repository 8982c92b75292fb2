import { z } from 'zod';

/**
 * What waits with a code until it is typed. `message` says which text is sent:
 * the code; that the number has an account already; that an account idle for a year is not reset by a code
 * alone; or nothing, for a number that nobody has here. The page looks the same in all four cases.
 */
export const pendingSchema = z.object({
  message: z.enum(['code', 'accountExists', 'recoveryStale', 'nothing']),
  /** The sign-up that becomes an account when the code is right. */
  signUp: z.object({ passwordHash: z.string(), name: z.string().nullable() }).optional(),
});

export type Pending = z.output<typeof pendingSchema>;
