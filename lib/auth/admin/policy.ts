/** What an administrator is there for. Safe to import in the browser. */

export const adminRoles = ['support', 'finance', 'moderator', 'owner'] as const;
export type AdminRole = (typeof adminRoles)[number];

/** The roles that a page or an action is open to. An owner may always, and need not be named. */
export type Roles = readonly [AdminRole, ...AdminRole[]];

export function hasRole(role: AdminRole, roles: Roles): boolean {
  return role === 'owner' || roles.includes(role);
}
