import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { withdrawText } from '#lib/admin/actions.ts';
import type { LegalTextRow } from '#lib/admin/legal/store.ts';
import { formatDay } from '#lib/core/dates.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import { ActionDialog } from '../action-dialog.tsx';

/** The versions of a page of law: since when, and how many accounts have agreed. */
export function VersionList({ versions }: { versions: readonly LegalTextRow[] }) {
  const t = useTranslations('admin.legal');
  const format = useFormatter();
  const locale = useLocale();
  if (versions.length === 0) return <p className="text-sm text-muted">{t('builtIn')}</p>;
  const inForce = versions.find(({ hasBegun }) => hasBegun)?.version;
  return (
    <ul className="grid">
      {versions.map(({ page, version, startsAt, hasBegun, agreed }) => (
        <li
          key={version}
          className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-3 first:border-0"
        >
          <Link href={`/${page}?version=${version}`} className="text-lapis underline underline-offset-4">
            {t('version', { version: format.number(version), day: formatDay(locale, startsAt) })}
          </Link>
          {version === inForce ? <Badge tone="primary">{t('inForce')}</Badge> : null}
          {hasBegun ? (
            <span className="text-sm text-muted">{t('agreed', { count: agreed })}</span>
          ) : (
            <span className="ms-auto">
              <ActionDialog
                act="withdrawText"
                action={withdrawText}
                input={{ page, version }}
                variant="danger"
                size="sm"
              />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
