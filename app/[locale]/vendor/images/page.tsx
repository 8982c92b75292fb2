import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { GalleryDesk } from '#components/files/gallery-desk.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { requireVendor } from '#lib/auth/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getGalleryImages } from '#lib/files/queries.ts';
import { getVendorQuotaView } from '#lib/quota/queries.ts';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('library.gallery');
  return { title: t('title'), robots: { index: false } };
}

/** A vendor's pictures: bring many in, see what is there and what room is left. */
export default async function GalleryImagesPage({ params }: Props) {
  const { locale } = await params;
  await requireVendor(locale);
  const [t, images, quota] = await Promise.all([
    getTranslations('library.gallery'),
    getGalleryImages(),
    getVendorQuotaView(),
  ]);
  return (
    <main id="main" className="page grid gap-6 py-10">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h1 className="text-2xl font-extrabold">{t('title')}</h1>
        <p className="text-sm text-muted">{t('quota', { count: quota?.totalRemaining ?? 0 })}</p>
      </div>
      <ClientMessages namespaces={['files', 'library', 'errors']}>
        <GalleryDesk images={images} />
      </ClientMessages>
    </main>
  );
}
