'use server';

import { z } from 'zod';
import { userAction } from '#lib/auth/door/door.ts';
import { unlinkChat } from './link-chat.ts';

/** Ends the link of one of the signed-in user's chats with a bot. */
export const unlinkUserChat = userAction({
  input: z.strictObject({ id: z.uuid('errors.notFound') }),
  limit: 'account.change',
  handler: ({ actor, input }) => unlinkChat(actor.userId, input.id),
});
