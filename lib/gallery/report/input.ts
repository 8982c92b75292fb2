import { z } from 'zod';
import { mostNoteLength, reportReasons } from '../policy.ts';

/** Why an image is reported, and words that a person may add. */
export const reportInput = z.strictObject({
  imageId: z.uuid(),
  reason: z.enum(reportReasons, 'report.reasonMissing'),
  note: z
    .string()
    .max(mostNoteLength * 2, 'report.noteLong')
    .transform((text) => text.replace(/\p{Cc}+/gu, ' ').trim())
    .refine((text) => [...text].length <= mostNoteLength, 'report.noteLong')
    .transform((text) => text || null)
    .default(null),
});
export type ReportInput = z.output<typeof reportInput>;
