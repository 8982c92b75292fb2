import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ReviewScreen } from '#components/payments/plan/review-screen.tsx';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getVendorQuote } from '#lib/payments/queries.ts';

type Props = {
  params: Promise<{ locale: Locale; plan: string }>;
  searchParams: Promise<{ code?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('billing.review');
  return { title: t('title'), robots: { index: false } };
}

/** What a plan would cost the signed-in vendor now, before it is paid. */
export default async function VendorReviewPage({ params, searchParams }: Props) {
  const [{ locale, plan }, { code }] = await Promise.all([params, searchParams]);
  const view = await getVendorQuote(locale, plan, typeof code === 'string' ? code : undefined);
  if (!view) notFound();
  return <ReviewScreen kind="vendor" view={view} />;
}
