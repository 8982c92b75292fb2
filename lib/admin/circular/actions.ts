'use server';

import { adminAction } from '#lib/auth/door/door.ts';
import { idInput } from '../input.ts';
import { actRoles } from '../policy.ts';
import { previewInput } from './input.ts';
import {
  createCircular as create,
  previewCircular as preview,
  stopCircular as stop,
} from './make-circular.ts';

/** Says how many a notice would reach; nothing is sent. */
export const previewCircular = adminAction({
  roles: actRoles.createCircular,
  input: previewInput,
  handler: ({ actor, input }) => preview(actor, input),
});

/** Begins to tell something to one account, a group or all. */
export const createCircular = adminAction({
  roles: actRoles.createCircular,
  input: previewInput,
  handler: ({ actor, input: { to, phone, city, shopKind, ...words }, newId }) =>
    create(actor, { id: newId, to: { to, phone, city, shopKind }, words }),
});

export const stopCircular = adminAction({
  roles: actRoles.stopCircular,
  input: idInput,
  handler: ({ actor, input }) => stop(actor, input),
});
