'use server';

import { userAction } from '../door/door.ts';
import { nothingInput } from '../input.ts';
import { beginFactor as begin, confirmFactor as confirm } from './enrol-factor.ts';
import { confirmFactorInput, proveFactorInput } from './input.ts';
import { proveFactor as prove } from './prove-factor.ts';

/** Makes a secret for an administrator's app. */
export const beginFactor = userAction({
  input: nothingInput,
  limit: 'admin.prove',
  handler: ({ actor }) => begin(actor),
});

/** Takes the first code of it and answers with the recovery codes. */
export const confirmFactor = userAction({
  input: confirmFactorInput,
  limit: 'admin.prove',
  handler: ({ actor, input }) => confirm(actor, input.code),
});

/** Opens administration to this session. */
export const proveFactor = userAction({
  input: proveFactorInput,
  limit: 'admin.prove',
  handler: ({ actor, input }) => prove(actor, input.code),
});
