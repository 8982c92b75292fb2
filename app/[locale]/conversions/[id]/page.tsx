import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ConversionFailed } from '#components/conversions/conversion-failed.tsx';
import { ConversionResult } from '#components/conversions/conversion-result.tsx';
import { ConversionWatch } from '#components/conversions/conversion-watch.tsx';
import { Picture, toShown } from '#components/files/picture.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { getConversionPage } from '#lib/conversions/queries.ts';
import { type ConversionView, toProgress } from '#lib/conversions/view.ts';
import { formatDay, formatTime } from '#lib/core/dates.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('conversions');
  return { title: t('one') };
}

async function Waiting({ conversion }: { conversion: ConversionView }) {
  const t = await getTranslations('conversions');
  const { source } = conversion;
  const photo = source ? (
    <Picture
      image={toShown(source)}
      alt={t('sourceAlt')}
      sizes="(min-width: 48rem) 680px, 100vw"
      first
      placeholder="blur"
      className="mx-auto h-auto max-h-[42dvh] md:max-h-[55dvh] w-auto max-w-full"
    />
  ) : null;
  return (
    <div className="mx-auto max-w-text">
      <ClientMessages namespaces={['conversions']}>
        <ConversionWatch initial={toProgress(conversion)} photo={photo} />
      </ClientMessages>
    </div>
  );
}

/** One conversion: on its way, finished, or not come about. */
export default async function ConversionPage({ params }: Props) {
  const { locale, id } = await params;
  const conversion = await getConversionPage(locale, id);
  if (!conversion) notFound();
  const [t, styles] = await Promise.all([getTranslations('conversions'), getTranslations('styles')]);
  const { status, result } = conversion;
  const title = styles(`${conversion.style}.title`);
  const created = new Date(conversion.createdAt);
  return (
    <main id="main" className="page py-6 md:py-8">
      <header className="mb-5 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h1 className="text-xl font-extrabold">{title}</h1>
        <p className="text-sm text-muted">
          <time dateTime={conversion.createdAt}>
            {t('at', { day: formatDay(locale, created), time: formatTime(locale, created) })}
          </time>
        </p>
      </header>
      {status === 'failed' ? <ConversionFailed conversion={conversion} /> : null}
      {status === 'completed' && result ? (
        <ConversionResult conversion={{ ...conversion, result }} title={title} />
      ) : null}
      {status === 'pending' || status === 'processing' ? <Waiting conversion={conversion} /> : null}
    </main>
  );
}
