import { useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { Table, Td, Th } from '#components/ui/table.tsx';
import type { AuditEntry } from '#lib/admin/audit/store.ts';
import { listAddress } from '../list-address.ts';
import { Moment } from '../moment.tsx';
import { PlaceLink } from '../place-link.tsx';

const tones = { system: 'neutral', user: 'information', vendor: 'primary', admin: 'saffron' } as const;

/** The first part of an id: enough to tell two apart by eye; the address has all of it. */
const short = (id: string) => id.slice(0, 8);

/** Events, newest first. Names of actions and details stand as they are stored. */
export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const t = useTranslations('admin.audit');
  if (entries.length === 0) return <EmptyState title={t('none')}>{t('noneText')}</EmptyState>;
  return (
    <Table caption={t('title')} stacks="flow">
      <thead>
        <tr>
          <Th>{t('when')}</Th>
          <Th>{t('actor')}</Th>
          <Th>{t('action')}</Th>
          <Th>{t('target')}</Th>
          <Th>{t('details')}</Th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id} className="align-top">
            <Td>
              <Moment at={entry.createdAt} />
            </Td>
            <Td place="end" className="whitespace-nowrap">
              <Badge tone={tones[entry.actorType]}>{t(`actors.${entry.actorType}`)}</Badge>
              {entry.actorId ? (
                <PlaceLink href={listAddress('/admin/audit', { account: entry.actorId })} className="ms-2">
                  <bdi dir="ltr">{short(entry.actorId)}</bdi>
                </PlaceLink>
              ) : null}
            </Td>
            <Td>
              <bdi dir="ltr" className="whitespace-nowrap">
                {entry.action}
              </bdi>
            </Td>
            <Td place="end" className="whitespace-nowrap">
              {entry.resource ? <bdi dir="ltr">{entry.resource}</bdi> : '–'}
              {entry.resourceId ? (
                <PlaceLink href={listAddress('/admin/audit', { target: entry.resourceId })} className="ms-2">
                  <bdi dir="ltr">{short(entry.resourceId)}</bdi>
                </PlaceLink>
              ) : null}
            </Td>
            <Td place="wide" className="min-w-56">
              <dl className="grid gap-0.5 text-xs">
                {Object.entries(entry.metadata).map(([name, value]) => (
                  <div key={name} className="flex gap-2">
                    <dt className="shrink-0 text-muted">
                      <bdi dir="ltr">{name}</bdi>
                    </dt>
                    <dd className="min-w-0 break-words">
                      <OwnWords>{String(value)}</OwnWords>
                    </dd>
                  </div>
                ))}
              </dl>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
