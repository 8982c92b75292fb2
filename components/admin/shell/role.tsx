'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { AdminRole } from '#lib/auth/admin/policy.ts';

const Role = createContext<AdminRole>('support');

/** Gives the actions of a page the administrator's role. It decides only what is offered: every door asks again. */
export function RoleProvider({ role, children }: { role: AdminRole; children: ReactNode }) {
  return <Role value={role}>{children}</Role>;
}

export const useRole = () => useContext(Role);
