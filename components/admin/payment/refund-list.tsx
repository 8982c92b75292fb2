import { useLocale, useTranslations } from 'next-intl';
import { HeardTh, Table, Td, Th } from '#components/ui/table.tsx';
import { noteTransfer, refundPart } from '#lib/admin/refund/actions.ts';
import { formatToman } from '#lib/core/money.ts';
import { type RefundEffect, type SelectedRefund, toRefunds } from '#lib/payments/refund/store.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Moment } from '../moment.tsx';
import { Section } from '../shell/section.tsx';
import { Toman } from '../toman.tsx';
import { PartEffectList } from './refund-effect.tsx';

/** Gives a part back: how much, and whether what was bought goes on. */
export function RefundPart({ id, effect }: { id: string; effect: RefundEffect }) {
  const t = useTranslations('admin.refundPart');
  const locale = useLocale();
  const most = formatToman(effect.amountRials, locale);
  return (
    <ActionDialog
      act="refundPart"
      action={refundPart}
      input={{ id, seenRials: String(effect.givenBackRials) }}
      variant="danger"
      effect={<PartEffectList effect={effect} />}
      fields={[
        { name: 'amountToman', label: t('amount'), hint: t('most', { amount: most }), dir: 'ltr' },
        {
          name: 'ends',
          label: t('then'),
          value: 'false',
          options: [
            { value: 'false', label: t(effect.isEnded ? 'ended' : 'goesOn') },
            ...(effect.isEnded ? [] : [{ value: 'true', label: t('ends') }]),
          ],
        },
      ]}
    />
  );
}

/** What went back of a payment, part by part, and where a person has to send one. */
export function RefundList({ refunds }: { refunds: readonly SelectedRefund[] }) {
  const t = useTranslations('admin.payments');
  const part = useTranslations('admin.refundPart');
  const transfer = useTranslations('admin.transfer');
  if (refunds.length === 0) return null;
  return (
    <Section title={t('refundTitle')}>
      <Table caption={t('refundTitle')} stacks="pairs">
        <thead>
          <tr>
            <Th>{t('when')}</Th>
            <Th>{t('amount')}</Th>
            <Th>{part('way')}</Th>
            <Th>{t('state')}</Th>
            <Th>{part('then')}</Th>
            <Th>{transfer('reference')}</Th>
            <HeardTh>{t('act')}</HeardTh>
          </tr>
        </thead>
        <tbody>
          {toRefunds(refunds).map(({ id, at, amountRials, method, state, endsPurchase, reference }) => (
            <tr key={id} data-refund={id}>
              <Td>
                <Moment at={at} />
              </Td>
              <Td place="end">
                <Toman rials={amountRials} />
              </Td>
              <Td label={part('way')}>{t(`refundMethod.${method}`)}</Td>
              <Td place="end">{t(`refund.${state}`)}</Td>
              <Td label={part('then')} place="wide">
                {part(endsPurchase ? 'endedWith' : 'goesOn')}
              </Td>
              <Td label={transfer('reference')} place={reference ? 'wide' : 'away'}>
                <bdi dir="ltr">{reference ?? '–'}</bdi>
              </Td>
              <Td place="wide">
                {method === 'transfer' && state !== 'completed' ? (
                  <ActionDialog
                    act="transfer"
                    action={noteTransfer}
                    input={{ id }}
                    about={<Toman rials={amountRials} />}
                    fields={[{ name: 'reference', label: transfer('reference'), dir: 'ltr' }]}
                    size="sm"
                    variant="primary"
                  />
                ) : null}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
