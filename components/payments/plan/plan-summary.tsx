import { useLocale, useTranslations } from 'next-intl';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Card } from '#components/ui/card.tsx';
import { Meter } from '#components/ui/meter.tsx';
import type { AccountKind } from '#lib/core/actor.ts';
import { formatDay } from '#lib/core/dates.ts';
import type { AccountPlanView } from '#lib/payments/plan/describe-plan.ts';
import { billingPaths } from '../paths.ts';
import { usePlanName } from './plan-name.ts';

/** How many free ones an account of each kind begins with. */
const freeAtFirst: Readonly<Record<AccountKind, number>> = { user: 2, vendor: 10 };

/** The plan one is on, what is left of it, and the months paid ahead. */
export function PlanSummary({ kind, plan }: { kind: AccountKind; plan: AccountPlanView }) {
  const t = useTranslations('billing');
  const locale = useLocale();
  const nameOf = usePlanName();
  const { current, ahead, freeRemaining } = plan;
  return (
    <Card className="grid gap-6" aria-labelledby="own-plan">
      <div className="grid gap-1">
        <h2 id="own-plan" className="text-sm font-semibold text-primary">
          {t('plan.heading')}
        </h2>
        <p className="text-xl font-extrabold">
          {current ? nameOf(current.planName) : nameOf(kind === 'user' ? 'free' : 'vendor_free')}
        </p>
        {current ? (
          <p className="flex flex-wrap gap-x-3 text-sm text-muted">
            <span>{t('plan.until', { day: formatDay(locale, current.endsAt) })}</span>
            <span>{t('plan.days', { days: current.daysLeft })}</span>
          </p>
        ) : (
          <p className="text-sm text-muted">{t(`plan.free.${kind}`)}</p>
        )}
      </div>
      <dl className="grid gap-4 sm:grid-cols-2">
        {current ? (
          <>
            <Left
              name={t('meter.conversions')}
              of={current.conversionsLimit}
              used={current.conversionsUsed}
            />
            <Left name={t('meter.images')} of={current.imagesLimit} used={current.imagesUsed} />
          </>
        ) : null}
        {current && freeRemaining === 0 ? null : (
          <div className="grid gap-1.5">
            <dt className="text-sm text-muted">{t(`meter.free.${kind}`)}</dt>
            <dd>
              <Meter
                value={freeRemaining}
                max={Math.max(freeAtFirst[kind], freeRemaining)}
                label={t(`meter.free.${kind}`)}
                text={t('meter.count', { left: freeRemaining })}
              />
            </dd>
          </div>
        )}
      </dl>
      {ahead.length > 0 ? (
        <div className="grid gap-2 border-t border-line pt-6">
          <h3 className="text-sm font-semibold">{t('ahead.heading')}</h3>
          <ul className="grid gap-1.5 text-sm">
            {ahead.map((period) => (
              <li key={period.startsAt.toISOString()} className="flex flex-wrap justify-between gap-x-4">
                <span>{t('planName', { plan: nameOf(period.planName) })}</span>
                <span className="text-muted">
                  {t('period', {
                    from: formatDay(locale, period.startsAt),
                    to: formatDay(locale, period.endsAt),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <div className="flex flex-wrap gap-3">
        {current ? (
          <ButtonLink href={billingPaths[kind].review(current.planName)}>{t('plan.renew')}</ButtonLink>
        ) : null}
        <ButtonLink href="/plans" variant={current ? 'secondary' : 'primary'}>
          {current ? t('plan.change') : t('plan.choose')}
        </ButtonLink>
      </div>
    </Card>
  );
}

function Left({ name, of, used }: { name: string; of: number; used: number }) {
  const t = useTranslations('billing.meter');
  if (of <= 0) return null;
  const left = Math.max(0, of - used);
  return (
    <div className="grid gap-1.5">
      <dt className="text-sm text-muted">{name}</dt>
      <dd>
        <Meter value={left} max={of} label={name} text={t('left', { left, limit: of })} />
      </dd>
    </div>
  );
}
