'use server';

import { publicAction } from '#lib/auth/door/door.ts';
import { reportInput, vendorReportInput } from './input.ts';
import { reportImage as report } from './report-image.ts';
import { reportVendor as reportShop } from './report-vendor.ts';

/** Tells the operator of an image that should not be there. */
export const reportImage = publicAction({
  input: reportInput,
  limit: 'image.report',
  handler: ({ input, device }) => report(input, device),
});

/** Tells the operator of a shop that is not what it says. */
export const reportVendor = publicAction({
  input: vendorReportInput,
  limit: 'image.report',
  handler: ({ input, device }) => reportShop(input, device),
});
