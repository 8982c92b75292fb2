import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { SelectionList } from '#components/sharing/pick/selection-list.tsx';
import { Breadcrumbs } from '#components/ui/breadcrumbs.tsx';
import { buttonLook } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { TextareaField } from '#components/ui/form/text-field.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { formatDay } from '#lib/core/dates.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getSelection } from '#lib/sharing/pick/queries.ts';

type Props = { params: Promise<{ locale: Locale; id: string; linkId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('picks.selection');
  return { title: t('title'), robots: { index: false } };
}

/** What the people behind one link chose of an album, and what they said. */
export default async function SelectionPage({ params }: Props) {
  const { locale, id, linkId } = await params;
  const selection = await getSelection(locale, id, linkId);
  if (!selection) notFound();
  const { album, link, pickedAt, images, fileNames } = selection;
  const t = await getTranslations('picks.selection');
  return (
    <main id="main" className="page grid grid-cols-1 content-start gap-6 py-8 md:py-10">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="grid min-w-0 gap-1">
          <Breadcrumbs steps={[{ href: `/vendor/albums/${id}`, text: album }]} />
          <h1 className="text-2xl font-extrabold">{t('title')}</h1>
          <p className="text-sm text-muted">
            {link ? (
              <>
                <OwnWords>{link}</OwnWords>
                {' · '}
              </>
            ) : null}
            {pickedAt ? t('sent', { day: formatDay(locale, new Date(pickedAt)) }) : t('notSent')}
          </p>
        </div>
        {images.length > 0 ? (
          <a href={`/api/picks/${linkId}`} download className={buttonLook({ variant: 'secondary' })}>
            <Download aria-hidden="true" />
            {t('csv')}
          </a>
        ) : null}
      </div>
      {images.length === 0 ? (
        <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>
      ) : (
        <>
          <TextareaField
            name="names"
            label={t('names')}
            hint={t('namesHint')}
            value={fileNames}
            readOnly
            rows={3}
            dir="ltr"
          />
          <SelectionList images={images} />
        </>
      )}
    </main>
  );
}
