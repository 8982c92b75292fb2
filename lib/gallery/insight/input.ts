import { z } from 'zod';

/** What the address of the insight page says: how far back, and of which one thing, if of one. */
export const insightQuery = z.object({
  days: z.coerce
    .number()
    .pipe(z.literal([7, 30, 90]))
    .catch(30),
  image: z.uuid().nullable().catch(null),
  album: z.uuid().nullable().catch(null),
});
export type InsightQuery = z.output<typeof insightQuery>;
