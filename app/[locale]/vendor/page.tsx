import { ExternalLink } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { AlbumStrip } from '#components/gallery/album/album-strip.tsx';
import { CardsSkeleton } from '#components/gallery/gallery-skeletons.tsx';
import { InsightTotals } from '#components/gallery/insight/insight-totals.tsx';
import { FreeSlots } from '#components/gallery/library/free-slots.tsx';
import { missingSteps, NextSteps } from '#components/gallery/vendor/next-steps.tsx';
import { VendorFigures } from '#components/gallery/vendor/vendor-figures.tsx';
import { VerifiedBadge } from '#components/gallery/vendor/verified-badge.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Card } from '#components/ui/card.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { requireVendor } from '#lib/auth/door/current.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getOwnAlbums } from '#lib/gallery/album/queries.ts';
import { getInsightTotals } from '#lib/gallery/insight/queries.ts';
import { getFigures } from '#lib/gallery/library/queries.ts';
import type { GalleryFigures } from '#lib/gallery/library/store.ts';
import { getOwnBusiness } from '#lib/gallery/vendor/queries.ts';
import { getVendorQuotaView } from '#lib/quota/queries.ts';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('vendorHome');
  return { title: t('title'), robots: { index: false } };
}

/** A vendor's desk: what is there, what wants something, how it was received, and what comes next. */
export default async function VendorHomePage({ params }: Props) {
  const { locale } = await params;
  const vendor = await requireVendor(locale);
  const [t, business, figures, quota] = await Promise.all([
    getTranslations('vendorHome'),
    getOwnBusiness(),
    getFigures(),
    getVendorQuotaView(),
  ]);
  if (!business || !figures || !quota) return null;
  return (
    <main id="main" className="page grid grid-cols-1 content-start gap-6 py-8 md:py-10">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="grid min-w-0 gap-1.5">
          <h1 className="flex flex-wrap items-center gap-3 text-2xl font-extrabold">
            <OwnWords>{vendor.businessName}</OwnWords>
            {business.isVerified ? <VerifiedBadge /> : null}
          </h1>
          <FreeSlots quota={quota} figures={figures} />
        </div>
        <div className="flex flex-wrap gap-3">
          <ButtonLink href="/vendor/images">{t('bring')}</ButtonLink>
          <ButtonLink href={`/g/${business.handle}`} variant="secondary">
            <ExternalLink aria-hidden="true" className="rtl:-scale-x-100" />
            {t('publicPage')}
          </ButtonLink>
        </div>
      </div>
      <Suspense fallback={<CardsSkeleton />}>
        <Desk business={business} figures={figures} />
      </Suspense>
    </main>
  );
}

type DeskProps = {
  business: NonNullable<Awaited<ReturnType<typeof getOwnBusiness>>>;
  figures: GalleryFigures;
};

async function Desk({ business, figures }: DeskProps) {
  const [t, outside, albums, totals] = await Promise.all([
    getTranslations('vendorHome'),
    getTranslations('outside'),
    getOwnAlbums(),
    getInsightTotals(),
  ]);
  const steps = missingSteps(business, figures, albums);
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[3fr_2fr]">
      <div className="grid min-w-0 gap-6">
        {steps.length > 0 ? <NextSteps steps={steps} /> : null}
        {albums.length > 0 ? (
          <Card aria-labelledby="desk-albums" className="grid gap-4">
            <div className="flex items-baseline justify-between gap-4">
              <h2 id="desk-albums" className="text-lg font-semibold">
                {t('albums')}
              </h2>
              <Link href="/vendor/albums" className="text-sm text-lapis underline underline-offset-4">
                {t('allAlbums')}
              </Link>
            </div>
            <AlbumStrip albums={albums.slice(0, 3)} />
          </Card>
        ) : null}
      </div>
      {figures.images === 0 || !totals ? null : (
        <div className="grid min-w-0 gap-6">
          <Card aria-labelledby="desk-insight" className="grid gap-4">
            <div className="flex items-baseline justify-between gap-4">
              <h2 id="desk-insight" className="text-lg font-semibold">
                {t('insight')}
              </h2>
              <Link href="/vendor/insight" className="text-sm text-lapis underline underline-offset-4">
                {t('allInsight')}
              </Link>
            </div>
            <InsightTotals totals={totals} />
            <Link href="/vendor/outside" className="w-fit text-sm text-lapis underline underline-offset-4">
              {outside('link')}
            </Link>
          </Card>
          <Card aria-labelledby="desk-wants" className="grid gap-3">
            <h2 id="desk-wants" className="text-lg font-semibold">
              {t('wants.title')}
            </h2>
            <VendorFigures figures={figures} />
          </Card>
        </div>
      )}
    </div>
  );
}
