import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { PaymentScreen } from '#components/admin/payment/payment-screen.tsx';
import { placeRoles } from '#lib/admin/policy.ts';
import { getAnyPayment } from '#lib/admin/queries.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('payments.one') };
}

/** One payment of any account, and what can be done about it. */
export default async function AdminPaymentPage({ params }: Props) {
  const { locale, id } = await params;
  await requireAdmin(locale, placeRoles.payments);
  const found = await getAnyPayment(locale, id);
  if (!found) notFound();
  return <PaymentScreen payment={found.payment} effect={found.effect} />;
}
