import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ReviewScreen } from '#components/payments/plan/review-screen.tsx';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getUserQuote } from '#lib/payments/queries.ts';

type Props = { params: Promise<{ locale: Locale; plan: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('billing.review');
  return { title: t('title'), robots: { index: false } };
}

/** What a plan would cost the signed-in user now, before it is paid. */
export default async function UserReviewPage({ params }: Props) {
  const { locale, plan } = await params;
  const quote = await getUserQuote(locale, plan);
  if (!quote) notFound();
  return <ReviewScreen kind="user" quote={quote} />;
}
