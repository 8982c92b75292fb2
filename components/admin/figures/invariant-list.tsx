import { CircleAlert, CircleCheck, Clock } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Table, Td, Th } from '#components/ui/table.tsx';
import type { Checked } from '#lib/operations/invariant/check-invariants.ts';
import { offendersAtMost } from '#lib/operations/invariant/policy.ts';

const looks = {
  holds: { tone: 'success', icon: CircleCheck },
  broken: { tone: 'danger', icon: CircleAlert },
  late: { tone: 'warning', icon: Clock },
} as const;

/** What must always hold, one after the other: green, or red with the rows that break it. */
export function InvariantList({ checked }: { checked: readonly Checked[] }) {
  const t = useTranslations('admin.money');
  const format = useFormatter();
  const broken = checked.filter(({ state }) => state === 'broken').length;
  const late = checked.filter(({ state }) => state === 'late').length;
  return (
    <>
      {broken > 0 ? (
        <Alert tone="danger">{t('summary.broken', { count: broken })}</Alert>
      ) : late > 0 ? (
        <Alert tone="warning">{t('summary.late', { count: late })}</Alert>
      ) : (
        <Alert tone="success">{t('summary.holds', { count: checked.length })}</Alert>
      )}
      <ul className="grid grid-cols-1 gap-3">
        {checked.map(({ key, state, tookMs, count, rows }) => {
          const { tone, icon: Icon } = looks[state];
          return (
            <li
              key={key}
              data-invariant={key}
              data-state={state}
              className="grid min-w-0 grid-cols-1 gap-3 rounded-card border border-line bg-surface p-5"
            >
              <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
                <p className="max-w-text min-w-0 text-sm font-semibold">{t(`invariants.${key}`)}</p>
                <span className="flex items-center gap-3">
                  <span className="text-xs text-muted">{t('took', { ms: format.number(tookMs) })}</span>
                  <Badge tone={tone}>
                    <Icon aria-hidden="true" />
                    {t(`state.${state}`, { count })}
                  </Badge>
                </span>
              </div>
              {rows.length > 0 ? <Offenders rows={rows} caption={t(`invariants.${key}`)} /> : null}
              {count > offendersAtMost ? (
                <p className="text-sm text-muted">{t('more', { count: count - offendersAtMost })}</p>
              ) : null}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Offenders({ rows, caption }: { rows: Checked['rows']; caption: string }) {
  const columns = Object.keys(rows[0] ?? {});
  return (
    <div dir="ltr">
      <Table caption={caption}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Th key={column}>{column}</Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify(row)}>
              {columns.map((column) => (
                <Td key={column} className="whitespace-nowrap">
                  {row[column] ?? '–'}
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
