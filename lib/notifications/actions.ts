'use server';

import { z } from 'zod';
import { userAction, vendorAction } from '#lib/auth/door/door.ts';
import { readNotices, readNoticesAbout } from './notice/read-notices.ts';

export const readUserNotices = userAction({
  input: z.object({}).optional(),
  limit: 'account.change',
  handler: ({ actor }) => readNotices({ kind: 'user', accountId: actor.userId }),
});

export const readVendorNotices = vendorAction({
  input: z.object({}).optional(),
  limit: 'account.change',
  handler: ({ actor }) => readNotices({ kind: 'vendor', accountId: actor.vendorId }),
});

const about = z.object({ id: z.uuid() });

/** What was told of a conversion or payment that is on the screen is no news any more. */
export const readUserNoticesAbout = userAction({
  input: about,
  limit: 'account.change',
  handler: ({ actor, input }) => readNoticesAbout({ kind: 'user', accountId: actor.userId }, input.id),
});

export const readVendorNoticesAbout = vendorAction({
  input: about,
  limit: 'account.change',
  handler: ({ actor, input }) => readNoticesAbout({ kind: 'vendor', accountId: actor.vendorId }, input.id),
});
