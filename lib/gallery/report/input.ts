import { z } from 'zod';
import { mostNoteLength, reportReasons } from '../policy.ts';

/** Why an image, or a shop as a whole, is reported, and words that a person may add. */
const saidInput = z.strictObject({
  reason: z.enum(reportReasons, 'report.reasonMissing'),
  note: z
    .string()
    .max(mostNoteLength * 2, 'report.noteLong')
    .transform((text) => text.replace(/\p{Cc}+/gu, ' ').trim())
    .refine((text) => [...text].length <= mostNoteLength, 'report.noteLong')
    .transform((text) => text || null)
    .default(null),
});

export const reportInput = saidInput.extend({ imageId: z.uuid() });
export const vendorReportInput = saidInput.extend({ vendorId: z.uuid() });
export type ReportInput = z.output<typeof reportInput>;
export type VendorReportInput = z.output<typeof vendorReportInput>;
