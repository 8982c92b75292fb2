import { useLocale, useTranslations } from 'next-intl';
import { usePlanName } from '#components/payments/plan/plan-name.ts';
import { Alert } from '#components/ui/alert.tsx';
import { formatDay } from '#lib/core/dates.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { RefundEffect } from '#lib/payments/refund/store.ts';
import { Toman } from '../toman.tsx';

/** What giving a payment back would do, before anybody confirms it. */
export function RefundEffectList({ effect }: { effect: RefundEffect }) {
  const t = useTranslations('admin.refundEffect');
  const locale = useLocale();
  const planName = usePlanName();
  const { endsPlan, wouldEndAt, restoresPlan, restoresUntil, movesUp, pendingCredits, packLeft } = effect;
  return (
    <ul aria-label={t('title')} className="grid list-disc gap-1.5 ps-5 text-sm">
      <li>
        {t.rich(effect.isReversible ? 'reversal' : 'transfer', {
          amount: () => <Toman rials={effect.amountRials} />,
        })}
      </li>
      <li>
        {packLeft !== null
          ? t('pack', { left: packLeft })
          : endsPlan && wouldEndAt
            ? t('ends', { plan: planName(endsPlan), day: formatDay(locale, wouldEndAt) })
            : t('over')}
      </li>
      {restoresPlan && restoresUntil ? (
        <li>{t('restores', { plan: planName(restoresPlan), day: formatDay(locale, restoresUntil) })}</li>
      ) : null}
      {effect.givesCodeBack ? <li>{t('code')}</li> : null}
      {movesUp > 0 ? <li>{t('movesUp', { count: movesUp })}</li> : null}
      {pendingCredits > 0 ? <li>{t('pending')}</li> : null}
    </ul>
  );
}

/** Why a payment cannot be given back yet, with the way to the one that comes first. */
export function RefundBlocked({ by }: { by: string }) {
  const t = useTranslations('admin.refundEffect');
  return (
    <Alert tone="information" title={t('blocked')}>
      <Link href={`/admin/payments/${by}`} className="text-lapis underline underline-offset-4">
        {t('blockedLink')}
      </Link>
    </Alert>
  );
}
