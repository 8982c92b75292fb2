'use server';

import { adminAction } from '#lib/auth/door/door.ts';
import { idInput } from '../input.ts';
import { actRoles } from '../policy.ts';
import { bannerInput } from './input.ts';
import { createBanner as create, retireBanner as retire } from './set-banner.ts';

/** Says something to everybody on every page, for a while. */
export const createBanner = adminAction({
  roles: actRoles.createBanner,
  input: bannerInput,
  handler: ({ actor, input }) => create(actor, input),
});

/** Takes it from every page. */
export const retireBanner = adminAction({
  roles: actRoles.retireBanner,
  input: idInput,
  handler: ({ actor, input }) => retire(actor, input),
});
