import { clsx } from 'clsx';
import { useLocale, useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import type { AccountKind } from '#lib/core/actor.ts';
import { formatDay } from '#lib/core/dates.ts';
import type { AccountPlanView } from '#lib/payments/plan/describe-plan.ts';
import type { PlanView } from '#lib/payments/plan/view.ts';
import { billingPaths } from '../paths.ts';
import { PlanCard } from './plan-card.tsx';
import { usePlanName } from './plan-name.ts';

type Props = {
  kind: AccountKind;
  title: string;
  plans: readonly PlanView[];
  /** What somebody of this kind has who is signed in; null when nobody is. */
  own: AccountPlanView | null;
};

/** The plans for one kind of account, each with the way to it. */
export function PlanList({ kind, title, plans, own }: Props) {
  return (
    <section aria-labelledby={`plans-${kind}`}>
      <h2 id={`plans-${kind}`} className="text-lg font-semibold">
        {title}
      </h2>
      {/* Two stand side by side on a tablet, three in a row, so that none is left alone. */}
      <div
        className={clsx(
          'mt-5 grid gap-5 lg:grid-cols-3',
          plans.length > 2 ? 'md:grid-cols-3 md:max-lg:gap-4' : 'md:grid-cols-2',
        )}
      >
        {plans.map((plan) => (
          <PlanCard
            key={plan.name}
            plan={plan}
            mark={<OwnMark plan={plan} own={own} />}
            action={<PlanAction kind={kind} plan={plan} own={own} />}
          />
        ))}
      </div>
    </section>
  );
}

/** Whose plan it is now: the paid one that runs, else the free one. */
function isCurrent(plan: PlanView, own: AccountPlanView): boolean {
  return own.current ? own.current.planName === plan.name : plan.priceRials === 0n;
}

function OwnMark({ plan, own }: { plan: PlanView; own: AccountPlanView | null }) {
  const t = useTranslations('plans');
  if (!own) return null;
  if (isCurrent(plan, own)) return <Badge tone="primary">{t('current')}</Badge>;
  return own.ahead.some(({ planName }) => planName === plan.name) ? <Badge>{t('ahead')}</Badge> : null;
}

function PlanAction({ kind, plan, own }: Omit<Props, 'title' | 'plans'> & { plan: PlanView }) {
  const t = useTranslations('plans');
  const locale = useLocale();
  const nameOf = usePlanName();
  const { review, use } = billingPaths[kind];
  if (plan.priceRials === 0n) {
    const start = kind === 'vendor' && !own ? '/vendor/signup' : use;
    const words = own ? t(kind === 'user' ? 'studio' : 'desk') : t(kind === 'user' ? 'start' : 'vendorStart');
    return (
      <ButtonLink href={start} variant="secondary" wide>
        {words}
      </ButtonLink>
    );
  }
  const path = review(plan.name);
  // A visitor without an account makes one, or signs in from there, and comes back to the purchase.
  const way = own
    ? path
    : `${kind === 'user' ? '/signup' : '/vendor/signup'}?next=${encodeURIComponent(path)}`;
  const isOwn = own !== null && isCurrent(plan, own);
  return (
    <div className="grid gap-3">
      {isOwn && own.current ? (
        <p className="text-sm text-muted">{t('until', { day: formatDay(locale, own.current.endsAt) })}</p>
      ) : null}
      <ButtonLink href={way} variant={isOwn ? 'secondary' : 'primary'} wide data-plan={plan.name}>
        <span>
          {isOwn ? t('renew') : t(plan.isPack ? 'takePack' : 'take')}
          {/* Several stand beside each other; those who go from link to link hear which is which. */}
          <span className="sr-only"> {nameOf(plan.name)}</span>
        </span>
      </ButtonLink>
    </div>
  );
}
