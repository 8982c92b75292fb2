'use server';

import { cookies } from 'next/headers';
import { publicAction } from '#lib/auth/door/door.ts';
import { commentIdInput, commentInput, pickInput, picksInput } from './input.ts';
import {
  commentOnImage as comment,
  pickImage as pick,
  removeComment as remove,
  sendPicks as send,
} from './pick-images.ts';

async function browser() {
  const jar = await cookies();
  return (name: string) => jar.get(name)?.value;
}

/** Chooses a picture behind a link, or takes it back. */
export const pickImage = publicAction({
  input: pickInput,
  limit: 'link.pick',
  handler: async ({ input }) => pick(input, await browser()),
});

/** Says something about one. */
export const commentOnImage = publicAction({
  input: commentInput,
  limit: 'link.pick',
  handler: async ({ input, newId }) => comment(input, await browser(), newId),
});

/** Takes a comment away. */
export const removeComment = publicAction({
  input: commentIdInput,
  limit: 'link.pick',
  handler: async ({ input }) => remove(input, await browser()),
});

/** Tells the vendor that the choice is made. */
export const sendPicks = publicAction({
  input: picksInput,
  limit: 'link.pick',
  handler: async ({ input }) => send(input, await browser()),
});
