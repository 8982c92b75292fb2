import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { PaymentScreen } from '#components/payments/payment/payment-screen.tsx';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getVendorPayment } from '#lib/payments/queries.ts';

type Props = { params: Promise<{ locale: Locale; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('billing.payment');
  return { title: t('title'), robots: { index: false } };
}

/** One payment of the signed-in vendor: where the gateway sends people back to. */
export default async function VendorPaymentPage({ params }: Props) {
  const { locale, id } = await params;
  const payment = await getVendorPayment(locale, id);
  if (!payment) notFound();
  return <PaymentScreen kind="vendor" payment={payment} />;
}
