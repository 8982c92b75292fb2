import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ConversionFailed } from '#components/conversions/conversion-failed.tsx';
import { ConversionGone } from '#components/conversions/conversion-gone.tsx';
import { ConversionHeader } from '#components/conversions/conversion-header.tsx';
import { ConversionResult, resultWidth } from '#components/conversions/conversion-result.tsx';
import { ConversionWatch } from '#components/conversions/conversion-watch.tsx';
import { NextLooks } from '#components/conversions/next/next-looks.tsx';
import { titleOf } from '#components/conversions/title-of.ts';
import { toShown } from '#components/files/picture.tsx';
import { ReadNotice } from '#components/notifications/read-notice.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { Breadcrumbs } from '#components/ui/breadcrumbs.tsx';
import { requireUser } from '#lib/auth/door/current.ts';
import { getConversionPage } from '#lib/conversions/queries.ts';
import { type ConversionView, toProgress } from '#lib/conversions/view.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { showPhone } from '#lib/core/phone.ts';
import { getOfferOf } from '#lib/gallery/offer/queries.ts';
import { readUserNoticesAbout } from '#lib/notifications/actions.ts';
import { getOwnLead } from '#lib/sharing/lead/queries.ts';
import { getResultLinks } from '#lib/sharing/result-link/queries.ts';

type Props = { params: Promise<{ locale: Locale; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, id } = await params;
  const conversion = await getConversionPage(locale, id);
  const [t, styles, looks] = await Promise.all([
    getTranslations('conversions'),
    getTranslations('styles'),
    getTranslations('looks.kind'),
  ]);
  return { title: conversion ? titleOf(conversion, styles, looks) : t('one'), robots: { index: false } };
}

function Waiting({ conversion }: { conversion: ConversionView }) {
  const { source } = conversion;
  return (
    // As wide and as high as the result will be, so that nothing jumps when it comes.
    <div
      className="mx-auto w-full"
      style={{ maxWidth: source ? `max(16rem, ${resultWidth(source)})` : '42rem' }}
    >
      <ConversionWatch initial={toProgress(conversion)} photo={source && toShown(source)} />
    </div>
  );
}

/** One conversion: on its way, finished, or not come about. */
export default async function ConversionPage({ params }: Props) {
  const { locale, id } = await params;
  const conversion = await getConversionPage(locale, id);
  if (!conversion) notFound();
  const { status, result, source } = conversion;
  const below = status === 'completed' ? result : status === 'failed' ? null : source;
  const t = await getTranslations('history');
  const [links, offer, lead, user] =
    status === 'completed'
      ? await Promise.all([
          getResultLinks(locale, id),
          getOfferOf(conversion.credit),
          getOwnLead(locale, id),
          requireUser(locale),
        ])
      : [[], null, null, null];
  return (
    <main id="main" className="page py-6 md:py-8">
      <ClientMessages namespaces={['conversions', 'sharing', 'auth', 'offer', 'leads']}>
        {/* As wide as what stands below it, from the beginning. */}
        <div
          className="mx-auto max-w-text"
          style={below ? { maxWidth: `max(24rem, ${resultWidth(below)})` } : {}}
        >
          <Breadcrumbs steps={[{ href: '/conversions', text: t('title') }]} className="mb-2" />
          <ConversionHeader conversion={conversion} />
        </div>
        {status === 'completed' || status === 'failed' ? (
          <ReadNotice about={id} action={readUserNoticesAbout} />
        ) : null}
        {status === 'failed' ? <ConversionFailed conversion={conversion} /> : null}
        {status === 'completed' && result ? (
          <>
            <ConversionResult
              conversion={{ ...conversion, result }}
              links={links}
              offer={offer}
              lead={lead}
              phone={user ? showPhone(user.phone, locale) : ''}
            />
            <NextLooks conversion={conversion} />
          </>
        ) : null}
        {status === 'completed' && !result ? <ConversionGone conversion={conversion} /> : null}
        {status === 'pending' || status === 'processing' ? <Waiting conversion={conversion} /> : null}
      </ClientMessages>
    </main>
  );
}
