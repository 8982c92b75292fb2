'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { AdminRole } from '#lib/auth/admin/policy.ts';

const Role = createContext<AdminRole>('support');

/** Tells the acts of a page whose console it is. Only what is offered follows from it: every door asks again. */
export function RoleProvider({ role, children }: { role: AdminRole; children: ReactNode }) {
  return <Role value={role}>{children}</Role>;
}

export const useRole = () => useContext(Role);
