import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Studio } from '#components/conversions/studio.tsx';
import { quotaSteps } from '#components/shell/account-area.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { sampleOf } from '#components/styles/sample.ts';
import { requireUser } from '#lib/auth/current.ts';
import { getConversionPage } from '#lib/conversions/queries.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getPhotoLibrary, getPhotoTerms } from '#lib/files/queries.ts';
import { getQuotaView } from '#lib/quota/queries.ts';
import { isStyleName, styles } from '#lib/styles/catalogue.ts';

type Query = { style?: string | string[]; again?: string | string[] };
type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<Query> };

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('studio');
  return { title: t('title') };
}

/** Where a photo becomes a picture. `style` chooses a preset; `again` brings the photo of an earlier conversion. */
export default async function StudioPage({ params, searchParams }: Props) {
  const [{ locale }, { style, again }] = await Promise.all([params, searchParams]);
  await requireUser(locale);
  const [t, titles, quota, photos, terms, earlier] = await Promise.all([
    getTranslations('studio'),
    getTranslations('styles'),
    getQuotaView(),
    getPhotoLibrary(),
    getPhotoTerms(),
    typeof again === 'string' && uuid.test(again) ? getConversionPage(locale, again) : null,
  ]);
  const options = styles.map(({ name }) => ({
    name,
    title: titles(`${name}.title`),
    description: titles(`${name}.description`),
    picture: sampleOf(name),
  }));
  return (
    <main id="main" data-desk className="page flex grow flex-col py-5 lg:min-h-0 lg:py-8">
      <h1 className="sr-only">{t('title')}</h1>
      <ClientMessages namespaces={['studio', 'files', 'library']}>
        <Studio
          styles={options}
          quota={{
            left: quota?.totalRemaining ?? 0,
            of: quota ? quotaSteps(quota) : 0,
            isPaid: (quota?.paidLimit ?? 0) > 0,
          }}
          earlier={photos}
          terms={terms}
          initial={{ photo: earlier?.source ?? null, style: isStyleName(style) ? style : null }}
        />
      </ClientMessages>
    </main>
  );
}
