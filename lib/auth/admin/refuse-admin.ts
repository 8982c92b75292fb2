import { type Failure, fail } from '#lib/core/result.ts';
import type { AdminStanding } from './admin-standing.ts';
import { hasRole, type Roles } from './policy.ts';

/** Why somebody may not act as an administrator of these roles; null when they may. The same for actions and routes. */
export function refuseAdmin(admin: AdminStanding | null, roles: Roles): Failure | null {
  if (!admin) return fail('notFound', 'not an administrator');
  if (admin.standing === 'stale') return fail('auth.sessionOld', 'signed in too long ago');
  if (admin.standing !== 'fresh') return fail('auth.factorMissing', `the second factor is ${admin.standing}`);
  return hasRole(admin.role, roles)
    ? null
    : fail('auth.roleMissing', `for ${roles.join(', ')}, not for ${admin.role}`);
}
