'use server';

import { adminAction } from '#lib/auth/door/door.ts';
import { idInput } from '../input.ts';
import { actRoles } from '../policy.ts';
import { batchInput } from './input.ts';
import { createBatch as create, retireBatch as retire, exportBatch as take } from './make-batch.ts';

/** Makes many gift codes at once. */
export const createBatch = adminAction({
  roles: actRoles.createBatch,
  input: batchInput,
  handler: ({ actor, input: { startsOn, endsOn, ...batch }, newId }) =>
    create(actor, { ...batch, id: newId, startsAt: startsOn, endsAt: endsOn }),
});

/** Gives the codes of a batch out as a file, once. */
export const exportBatch = adminAction({
  roles: actRoles.exportBatch,
  input: idInput,
  handler: ({ actor, input }) => take(actor, input),
});

/** Takes the codes of a batch that nobody has used out of use. */
export const retireBatch = adminAction({
  roles: actRoles.retireBatch,
  input: idInput,
  handler: ({ actor, input }) => retire(actor, input),
});
