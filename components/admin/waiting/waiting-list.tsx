'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { rolesAt } from '#lib/admin/policy.ts';
import type { Waiting } from '#lib/admin/waiting/store.ts';
import { hasRole } from '#lib/auth/admin/policy.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import { useRole } from '../shell/role.tsx';
import { Section } from '../shell/section.tsx';

/** Where each of it is dealt with. */
const addresses: Readonly<Record<keyof Waiting, string>> = {
  payments: '/admin/payments?show=attention',
  strays: '/admin/payments?show=attention',
  cases: '/admin/moderation',
  reports: '/admin/moderation',
  userNumbers: '/admin/users?show=number',
  vendorNumbers: '/admin/vendors?show=number',
};
const kinds = Object.keys(addresses) as (keyof Waiting)[];

/** What waits for whoever looks: only what their role may do something about, and only what there is. */
export function WaitingList({ waiting }: { waiting: Waiting }) {
  const t = useTranslations('admin.waiting');
  const format = useFormatter();
  const role = useRole();
  const theirs = kinds.filter((kind) => waiting[kind] > 0 && hasRole(role, rolesAt(addresses[kind])));
  return (
    <Section title={t('title')}>
      {theirs.length === 0 ? <p className="text-sm text-muted">{t('nothing')}</p> : null}
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {theirs.map((kind) => (
          <li key={kind}>
            <Link
              href={addresses[kind]}
              data-waiting={kind}
              className="flex h-full items-baseline gap-3 rounded-card border border-line bg-warning-soft px-5 py-4 text-sm text-ink transition-colors duration-quick hover:border-field"
            >
              <span className="tabular text-xl font-extrabold text-warning">
                {format.number(waiting[kind])}
              </span>
              {t(kind)}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
