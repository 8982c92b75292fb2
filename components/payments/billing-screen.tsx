import { useTranslations } from 'next-intl';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { Card } from '#components/ui/card.tsx';
import type { AccountKind } from '#lib/core/actor.ts';
import {
  redeemUserGift,
  redeemVendorGift,
  setUserBuyer,
  setUserReminders,
  setVendorBuyer,
  setVendorReminders,
} from '#lib/payments/actions.ts';
import type { BillingView } from '#lib/payments/queries.ts';
import { GiftForm } from './coupon/gift-form.tsx';
import { BuyerForm } from './invoice/buyer-form.tsx';
import { PaymentList } from './payment/payment-list.tsx';
import { PlanSummary } from './plan/plan-summary.tsx';
import { RemindersSwitch } from './reminders-switch.tsx';

type Props = { kind: AccountKind; billing: BillingView; isFirstPage: boolean };

/** One's plan, whether one is reminded of its end, and everything that was paid. */
export function BillingScreen({ kind, billing: { plan, payments, buyer }, isFirstPage }: Props) {
  const t = useTranslations('billing');
  return (
    <main id="main" className="page grow py-10 md:py-16">
      <div className="mx-auto grid max-w-text gap-8">
        <h1 className="text-2xl font-extrabold">{t('title')}</h1>
        <PlanSummary kind={kind} plan={plan} />
        <Card aria-labelledby="reminders" className="grid gap-2">
          <h2 id="reminders" className="text-sm font-semibold text-primary">
            {t('reminders.heading')}
          </h2>
          <ClientMessages namespaces={['billing']}>
            <RemindersSwitch
              wanted={plan.wantsReminders}
              action={kind === 'user' ? setUserReminders : setVendorReminders}
            />
          </ClientMessages>
        </Card>
        <Card aria-labelledby="gift" className="grid gap-4">
          <h2 id="gift" className="text-sm font-semibold text-primary">
            {t('gift.heading')}
          </h2>
          <ClientMessages namespaces={['billing.gift', 'billing.coupon']}>
            <GiftForm kind={kind} action={kind === 'user' ? redeemUserGift : redeemVendorGift} />
          </ClientMessages>
        </Card>
        <Card>
          <details>
            <summary className="text-sm font-semibold text-primary">{t('invoice.heading')}</summary>
            <div className="grid gap-4 pt-4">
              <p className="text-sm text-muted">{t('invoice.text')}</p>
              <ClientMessages namespaces={['billing.invoice']}>
                <BuyerForm buyer={buyer} action={kind === 'user' ? setUserBuyer : setVendorBuyer} />
              </ClientMessages>
            </div>
          </details>
        </Card>
        <PaymentList kind={kind} payments={payments} isFirstPage={isFirstPage} />
      </div>
    </main>
  );
}
