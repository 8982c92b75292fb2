'use client';

import type { ComponentProps } from 'react';
import { TableLink } from '#components/ui/table.tsx';
import { rolesAt } from '#lib/admin/policy.ts';
import { hasRole } from '#lib/auth/admin/policy.ts';
import { useRole } from './shell/role.tsx';

type Props = Omit<ComponentProps<typeof TableLink>, 'href'> & {
  href: string;
  /** What stands there for somebody whose place it is not: the words without the link, or nothing. */
  otherwise?: 'words' | 'nothing';
};

/** A link from one place of administration to another one, for those who may open it: for others there is no such page. */
export function PlaceLink({ otherwise = 'words', ...link }: Props) {
  const isOpen = hasRole(useRole(), rolesAt(link.href));
  if (!isOpen) return otherwise === 'words' ? link.children : null;
  return <TableLink {...link} />;
}
