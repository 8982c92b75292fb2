'use server';

import { publicAction } from '#lib/auth/door/door.ts';
import { reportInput } from './input.ts';
import { reportImage as report } from './report-image.ts';

/** Tells the operator of an image that should not be there. */
export const reportImage = publicAction({
  input: reportInput,
  limit: 'image.report',
  handler: ({ input, device }) => report(input, device),
});
