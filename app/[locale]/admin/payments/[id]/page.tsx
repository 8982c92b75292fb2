import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { PaymentScreen } from '#components/admin/payment/payment-screen.tsx';
import { storyOf } from '#lib/admin/payment/story.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { getAnyPayment } from '#lib/admin/queries.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import { type Locale, routing } from '#lib/core/i18n/routing.ts';

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
  const { payment, effect } = found;
  const story = storyOf(payment);
  const answers = await Promise.all(
    routing.locales.map(async (language) => {
      const t = await getTranslations({ locale: language, namespace: 'admin.story.say' });
      return { locale: language, text: t(story) };
    }),
  );
  return <PaymentScreen payment={payment} story={story} answers={answers} effect={effect} />;
}
