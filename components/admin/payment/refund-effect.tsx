import { useLocale, useTranslations } from 'next-intl';
import { usePlanName } from '#components/payments/plan/plan-name.ts';
import { Alert } from '#components/ui/alert.tsx';
import { formatDay } from '#lib/core/dates.ts';
import type { RefundEffect } from '#lib/payments/refund/store.ts';
import { PlaceLink } from '../place-link.tsx';
import { Toman } from '../toman.tsx';

const list = 'grid list-disc gap-1.5 ps-5 text-sm';

/** What giving back all that is left of a payment would do, before anybody confirms it. */
export function RefundEffectList({ effect }: { effect: RefundEffect }) {
  const t = useTranslations('admin.refundEffect');
  return (
    <ul aria-label={t('title')} className={list}>
      <li>
        {t.rich(effect.isReversible ? 'reversal' : 'transfer', {
          amount: () => <Toman rials={effect.amountRials} />,
        })}
      </li>
      <GivenBack effect={effect} />
      <EndEffects effect={effect} />
    </ul>
  );
}

/** What giving a part back would do: how the money goes, and what each choice does to what was bought. */
export function PartEffectList({ effect }: { effect: RefundEffect }) {
  const t = useTranslations('admin.refundPart');
  return (
    <div className="grid gap-2 text-sm">
      <ul aria-label={t('title')} className={list}>
        <li>{t('byHand')}</li>
        <GivenBack effect={effect} />
        {effect.isEnded ? null : <li>{t('stays')}</li>}
      </ul>
      {effect.isEnded ? null : (
        <>
          <p>{t('ifItEnds')}</p>
          <ul className={list}>
            <EndEffects effect={effect} />
          </ul>
        </>
      )}
    </div>
  );
}

function GivenBack({ effect: { givenBackRials } }: { effect: RefundEffect }) {
  const t = useTranslations('admin.refundPart');
  if (givenBackRials === 0n) return null;
  return <li>{t.rich('before', { amount: () => <Toman rials={givenBackRials} /> })}</li>;
}

/** What happens to what was bought, and around it, when it ends. */
function EndEffects({ effect }: { effect: RefundEffect }) {
  const t = useTranslations('admin.refundEffect');
  const locale = useLocale();
  const planName = usePlanName();
  const { endsPlan, wouldEndAt, restoresPlan, restoresUntil, movesUp, pendingCredits, packLeft } = effect;
  return (
    <>
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
    </>
  );
}

/** Why a payment cannot be given back yet, with the way to the one that comes first. */
export function RefundBlocked({ by }: { by: string }) {
  const t = useTranslations('admin.refundEffect');
  return (
    <Alert tone="information" title={t('blocked')}>
      <PlaceLink href={`/admin/payments/${by}`} className="text-lapis underline underline-offset-4">
        {t('blockedLink')}
      </PlaceLink>
    </Alert>
  );
}
