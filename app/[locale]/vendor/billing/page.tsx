import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BillingScreen } from '#components/payments/billing-screen.tsx';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getVendorBilling } from '#lib/payments/queries.ts';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ after?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('billing');
  return { title: t('title'), robots: { index: false } };
}

/** The signed-in vendor's plan and payments; `after` is where the page before ended. */
export default async function VendorBillingPage({ params, searchParams }: Props) {
  const [{ locale }, { after }] = await Promise.all([params, searchParams]);
  const cursor = typeof after === 'string' ? after : undefined;
  const billing = await getVendorBilling(locale, cursor);
  return <BillingScreen kind="vendor" billing={billing} isFirstPage={!cursor} />;
}
