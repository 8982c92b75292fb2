import { useTranslations } from 'next-intl';
import { OwnWords } from '#components/ui/own-words.tsx';
import { HeardTh, Table, Td, Th } from '#components/ui/table.tsx';
import { createBatch, exportBatch, retireBatch } from '#lib/admin/batch/actions.ts';
import type { BatchRow } from '#lib/admin/batch/store.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Moment } from '../moment.tsx';
import { Section } from '../shell/section.tsx';

/** Gift codes made in numbers: how many of each batch were used, and their file, which leaves once. */
export function BatchSection({ batches }: { batches: readonly BatchRow[] }) {
  const t = useTranslations('admin.batches');
  const coupons = useTranslations('admin.coupons');
  const days = useTranslations('admin.plan');
  const make = (
    <ActionDialog
      act="createBatch"
      action={createBatch}
      size="sm"
      fields={[
        { name: 'name', label: t('name'), hint: t('nameHint') },
        { name: 'size', label: t('size'), hint: t('sizeHint'), dir: 'ltr' },
        { name: 'value', label: t('value'), hint: t('valueHint'), dir: 'ltr' },
        {
          name: 'audience',
          label: coupons('whom'),
          value: 'user',
          options: [
            { value: 'user', label: coupons('for.user') },
            { value: 'vendor', label: coupons('for.vendor') },
          ],
        },
        { name: 'startsOn', label: coupons('startsOn'), hint: days('dayHint'), dir: 'ltr' },
        { name: 'endsOn', label: coupons('endsOn'), hint: coupons('endsOnHint'), dir: 'ltr' },
      ]}
    />
  );
  return (
    <Section title={t('title')} lead={t('lead')} aside={make}>
      {batches.length === 0 ? (
        <p className="text-sm text-muted">{t('none')}</p>
      ) : (
        <Table caption={t('title')} stacks="pairs">
          <thead>
            <tr>
              <Th>{t('name')}</Th>
              <Th>{t('made')}</Th>
              <Th>{t('value')}</Th>
              <Th>{t('used')}</Th>
              <HeardTh>{t('act')}</HeardTh>
            </tr>
          </thead>
          <tbody>
            {batches.map(({ id, name, value, audience, size, used, retired, createdAt, exportedAt }) => (
              <tr key={id} data-batch={id}>
                <Td>
                  <OwnWords>{name}</OwnWords>
                </Td>
                <Td place="end">
                  <Moment at={createdAt} />
                </Td>
                <Td label={t('value')}>{t(`gives.${audience}`, { value })}</Td>
                <Td label={t('used')} place="end">
                  {t('usedOf', { used, size })}
                  {retired > 0 ? (
                    <span className="block text-xs text-muted">{t('retired', { count: retired })}</span>
                  ) : null}
                </Td>
                <Td place="wide">
                  <span className="flex flex-wrap items-center gap-2">
                    {exportedAt ? (
                      <span className="text-xs text-muted">
                        {t('left')} <Moment at={exportedAt} />
                      </span>
                    ) : (
                      <ActionDialog
                        act="exportBatch"
                        action={exportBatch}
                        input={{ id }}
                        about={<OwnWords>{name}</OwnWords>}
                        fileName="gift-codes.csv"
                        size="sm"
                        variant="primary"
                      />
                    )}
                    {used + retired < size ? (
                      <ActionDialog
                        act="retireBatch"
                        action={retireBatch}
                        input={{ id }}
                        about={<OwnWords>{name}</OwnWords>}
                        size="sm"
                        variant="danger"
                      />
                    ) : null}
                  </span>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}
