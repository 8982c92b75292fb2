import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { usePlanName } from '#components/payments/plan/plan-name.ts';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { HeardTh, Table, Td, Th } from '#components/ui/table.tsx';
import { retireCoupon } from '#lib/admin/actions.ts';
import type { AnyCouponRow } from '#lib/admin/coupon/store.ts';
import { formatDay } from '#lib/core/dates.ts';
import { formatToman } from '#lib/core/money.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Toman } from '../toman.tsx';

/** Codes, what each gives to whom, and how often it was used. */
export function CouponTable({ coupons }: { coupons: readonly AnyCouponRow[] }) {
  const t = useTranslations('admin.coupons');
  if (coupons.length === 0) return <EmptyState title={t('none')}>{t('noneText')}</EmptyState>;
  return (
    <Table caption={t('title')} stacks="pairs">
      <thead>
        <tr>
          <Th>{t('code')}</Th>
          <Th>{t('gives')}</Th>
          <Th>{t('whom')}</Th>
          <Th>{t('window')}</Th>
          <Th>{t('used')}</Th>
          <Th>{t('takenOff')}</Th>
          <HeardTh>{t('act')}</HeardTh>
        </tr>
      </thead>
      <tbody>
        {coupons.map((coupon) => (
          <CouponLine key={coupon.id} coupon={coupon} />
        ))}
      </tbody>
    </Table>
  );
}

function CouponLine({ coupon }: { coupon: AnyCouponRow }) {
  const t = useTranslations('admin.coupons');
  const format = useFormatter();
  const locale = useLocale();
  const planName = usePlanName();
  const { id, code, kind, value, audience, useLimit, used, isRetired, isOver } = coupon;
  const amount = kind === 'amount' ? formatToman(value, locale) : format.number(value);
  return (
    <tr data-coupon={code}>
      <Td>
        <bdi dir="ltr" className="font-semibold">
          {code}
        </bdi>
      </Td>
      <Td place="end" className="whitespace-nowrap">
        {t(`given.${kind}`, { amount })}
      </Td>
      <Td>
        {coupon.planName ? planName(coupon.planName) : t(`for.${audience ?? 'anybody'}`)}
        <span className="block text-xs text-muted">{t('perPersonShort', { count: coupon.perPerson })}</span>
      </Td>
      <Td place="end">
        {t('from', { day: formatDay(locale, coupon.startsAt) })}
        {coupon.endsAt ? (
          <span className="block">{t('until', { day: formatDay(locale, coupon.endsAt) })}</span>
        ) : null}
      </Td>
      <Td label={t('used')}>
        {useLimit === null ? format.number(used) : t('of', { used, limit: useLimit })}
      </Td>
      <Td label={t('takenOff')} place="end">
        <Toman rials={coupon.takenOffRials} />
      </Td>
      <Td place="wide">
        {isRetired || isOver ? <Badge>{t(isRetired ? 'retired' : 'over')}</Badge> : null}
        {isRetired ? null : (
          <ActionDialog
            act="retireCoupon"
            action={retireCoupon}
            input={{ id }}
            about={<bdi dir="ltr">{code}</bdi>}
            size="sm"
          />
        )}
      </Td>
    </tr>
  );
}
