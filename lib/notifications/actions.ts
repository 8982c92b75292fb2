'use server';

import { z } from 'zod';
import { userAction, vendorAction } from '#lib/auth/door/door.ts';
import { readNotices } from './notice/read-notices.ts';

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
