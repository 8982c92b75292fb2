import { FileDown } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { ReadNotice } from '#components/notifications/read-notice.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { Breadcrumbs } from '#components/ui/breadcrumbs.tsx';
import { buttonLook } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import type { AccountKind } from '#lib/core/actor.ts';
import { readUserNoticesAbout, readVendorNoticesAbout } from '#lib/notifications/actions.ts';
import { checkUserPayment, checkVendorPayment } from '#lib/payments/actions.ts';
import { hasReceipt } from '#lib/payments/receipt/rows.ts';
import type { PaymentView } from '#lib/payments/view.ts';
import { billingPaths } from '../paths.ts';
import { paymentDisplay } from './payment-display.ts';
import { PaymentReceipt } from './payment-receipt.tsx';
import { PaymentStateNote } from './payment-state.tsx';
import { PaymentWatch } from './payment-watch.tsx';
import { UseLink } from './use-link.tsx';

type Props = { kind: AccountKind; payment: PaymentView };

/** One payment: how it stands, what can be done, and everything known about it. */
export function PaymentScreen({ kind, payment }: Props) {
  const billing = useTranslations('billing');
  const { id, state } = payment;
  const { actions } = paymentDisplay[state];
  const check = kind === 'user' ? checkUserPayment : checkVendorPayment;
  return (
    <main id="main" className="page grow py-10 md:py-16">
      <div className="mx-auto grid max-w-text gap-8">
        <Breadcrumbs steps={[{ href: billingPaths[kind].home, text: billing('title') }]} />
        <PaymentStateNote payment={payment} />
        <ReadNotice about={id} action={kind === 'user' ? readUserNoticesAbout : readVendorNoticesAbout} />
        <div className="grid gap-4">
          <PaymentActions kind={kind} payment={payment} />
          <ClientMessages namespaces={['billing']}>
            <PaymentWatch id={id} kind={kind} state={state} check={actions.includes('ask') ? check : null} />
          </ClientMessages>
        </div>
        <ClientMessages namespaces={['receipt']}>
          <PaymentReceipt payment={payment} />
        </ClientMessages>
      </div>
    </main>
  );
}

/** The next steps, the likeliest first. */
function PaymentActions({ kind, payment }: Props) {
  const t = useTranslations('billing.payment');
  const locale = useLocale();
  const paths = billingPaths[kind];
  const { id, state, planName, payUrl } = payment;
  const can = new Set(paymentDisplay[state].actions);
  const receipt = `/api/payments/${id}/receipt?locale=${locale}${kind === 'vendor' ? '&as=vendor' : ''}`;
  return (
    <div className="flex flex-wrap gap-3 empty:hidden">
      {can.has('goOn') && payUrl ? (
        <a href={payUrl} className={buttonLook({})}>
          {t('goOn')}
        </a>
      ) : null}
      {can.has('use') ? (
        <UseLink href={paths.use} words={t(`next.${kind}`)} goOn={kind === 'user' ? t('next.goOn') : null} />
      ) : null}
      {can.has('again') ? <ButtonLink href={paths.review(planName)}>{t('again')}</ButtonLink> : null}
      {can.has('contact') ? <ButtonLink href="/contact">{t('contact')}</ButtonLink> : null}
      {can.has('receipt') && hasReceipt(payment) ? (
        <a href={receipt} download className={buttonLook({ variant: 'secondary' })}>
          <FileDown aria-hidden="true" />
          {t('pdf')}
        </a>
      ) : null}
    </div>
  );
}
