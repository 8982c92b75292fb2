'use server';

import { z } from 'zod';
import { publicAction, userAction, vendorAction } from '#lib/auth/door.ts';
import { succeed } from '#lib/core/result.ts';
import { readNotices } from './read-notices.ts';
import { isSmsDelayed } from './send-sms.ts';

export const areMessagesDelayed = publicAction({
  input: z.object({}).optional(),
  limit: 'form.submit',
  handler: async () => succeed({ delayed: await isSmsDelayed() }),
});

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
