import { Download, Printer } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BrandForm } from '#components/gallery/outside/brand-form.tsx';
import { SitesForm } from '#components/gallery/outside/sites-form.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { buttonLook } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { requireVendor } from '#lib/auth/door/current.ts';
import { type Locale, localePath } from '#lib/core/i18n/routing.ts';
import { getBrandColour } from '#lib/gallery/brand/queries.ts';
import { getEmbedHosts } from '#lib/gallery/embed/queries.ts';
import { embedCode, embedPath, embedSize } from '#lib/gallery/embed/read-embed.ts';
import { qrPath } from '#lib/gallery/public/paths.ts';
import { getOwnBusiness } from '#lib/gallery/vendor/queries.ts';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('outside');
  return { title: t('title'), robots: { index: false } };
}

/** How a shop is reached from outside: a code for its window, and its looks on its own site. */
export default async function OutsidePage({ params }: Props) {
  const { locale } = await params;
  await requireVendor(locale);
  const [t, business, hosts, colour] = await Promise.all([
    getTranslations('outside'),
    getOwnBusiness(),
    getEmbedHosts(),
    getBrandColour(),
  ]);
  if (!business) return null;
  const { handle, businessName: name } = business;
  const code = qrPath(handle, { locale });
  return (
    <main id="main" className="page grid grid-cols-1 content-start gap-8 py-8 md:py-10">
      <div className="grid gap-1">
        <h1 className="text-2xl font-extrabold">{t('title')}</h1>
        <p className="max-w-text text-sm text-muted">{t('lead')}</p>
      </div>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[2fr_3fr]">
        <div className="grid min-w-0 gap-6">
          <Card aria-labelledby="qr" className="grid gap-4">
            <h2 id="qr" className="text-lg font-semibold">
              {t('qr.title')}
            </h2>
            <p className="text-sm text-muted">{t('qr.text')}</p>
            {/* biome-ignore lint/performance/noImgElement: a drawing of lines has no sizes */}
            <img
              src={code}
              alt={t('qr.alt')}
              width={240}
              height={240}
              className="size-60 max-w-full justify-self-center rounded-control bg-white"
            />
            <div className="flex flex-wrap gap-3">
              <a href={qrPath(handle, { locale, form: 'pdf' })} download className={buttonLook({})}>
                <Printer aria-hidden="true" />
                {t('qr.print')}
              </a>
              <a href={code} download={`${handle}.svg`} className={buttonLook({ variant: 'secondary' })}>
                <Download aria-hidden="true" />
                {t('qr.svg')}
              </a>
            </div>
          </Card>
          <Card aria-labelledby="brand" className="grid gap-4">
            <h2 id="brand" className="text-lg font-semibold">
              {t('brand.title')}
            </h2>
            <p className="text-sm text-muted">{t('brand.text')}</p>
            <ClientMessages namespaces={['outside', 'auth']}>
              <BrandForm colour={colour} />
            </ClientMessages>
          </Card>
        </div>
        <Card aria-labelledby="sites" className="grid min-w-0 gap-4">
          <h2 id="sites" className="text-lg font-semibold">
            {t('sites.title')}
          </h2>
          <p className="text-sm text-muted">{t('sites.text')}</p>
          <ClientMessages namespaces={['outside']}>
            <SitesForm hosts={hosts} code={embedCode(locale, { handle, name })} />
          </ClientMessages>
          <iframe
            src={localePath(locale, embedPath(handle))}
            title={t('sites.preview')}
            loading="lazy"
            sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
            height={embedSize.height}
            className="w-full rounded-control border border-line"
          />
        </Card>
      </div>
    </main>
  );
}
