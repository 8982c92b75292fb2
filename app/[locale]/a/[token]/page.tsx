import { clsx } from 'clsx';
import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { AuthCard } from '#components/auth/auth-card.tsx';
import { joinWords } from '#components/explore/lightbox/shown-image.ts';
import { LinkedGrid } from '#components/sharing/album-linked-grid.tsx';
import { brandStyle } from '#components/sharing/brand-style.ts';
import { PicksProvider } from '#components/sharing/pick/picks.tsx';
import { PicksBar } from '#components/sharing/pick/picks-bar.tsx';
import { UnlockForm } from '#components/sharing/unlock-form.tsx';
import { ViewCounter } from '#components/sharing/view-counter.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { describePage } from '#components/shell/describe-page.ts';
import { buttonLook } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getLinkedAlbum, nextLinkedPath } from '#lib/sharing/album-link/queries.ts';
import { getPicks } from '#lib/sharing/pick/queries.ts';

type Props = {
  params: Promise<{ locale: Locale; token: string }>;
  searchParams: Promise<{ after?: string | string[]; only?: string | string[] }>;
};

async function load({ params, searchParams }: Props) {
  const [{ token }, { after, only }] = await Promise.all([params, searchParams]);
  const from = typeof after === 'string' ? after : undefined;
  const isOnly = only === '1';
  return { token, from, isOnly, page: await getLinkedAlbum(token, from, isOnly) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const [{ page }, t] = await Promise.all([load(props), getTranslations('albumLinks.page')]);
  const { locale, token } = await props.params;
  const described = await describePage(locale, {
    // Who opens the link reads the album's name; who only sees the link does not.
    title: t('title'),
    description: t('card'),
    path: `/a/${token}`,
    isSecret: true,
  });
  return page?.state === 'open' ? { ...described, title: page.name } : described;
}

/** An album that its vendor shared by a private link: its images, or the question for the password. */
export default async function LinkedAlbumPage(props: Props) {
  const { token, from, isOnly, page } = await load(props);
  if (!page || page.state === 'closed') notFound();
  const t = await getTranslations('albumLinks.page');
  if (page.state === 'locked') {
    return (
      <AuthCard title={t('locked')} text={t('lockedText')}>
        <ClientMessages namespaces={['sharing', 'auth']}>
          <UnlockForm opens="album" token={token} submitLabel={t('submit')} />
        </ClientMessages>
      </AuthCard>
    );
  }
  const {
    name,
    description,
    businessName,
    mayDownload,
    givesSent,
    closingWords,
    brand,
    hasPicks,
    images,
    next,
  } = page;
  const picks = hasPicks ? await getPicks(token) : null;
  const here = `/a/${token}?${isOnly ? 'only=1&' : ''}${from ?? ''}`;
  const grid = (
    <LinkedGrid
      key={here}
      list={here}
      items={images}
      next={nextLinkedPath(token, next, isOnly)}
      label={t('images')}
      from={joinWords([name, businessName])}
      mayDownload={mayDownload}
    />
  );
  return (
    <main
      id="main"
      style={brandStyle(brand.colour)}
      className={clsx('page grid content-start gap-8 py-10 md:py-14', brand.colour && 'branded')}
    >
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          {brand.logo ? (
            // biome-ignore lint/performance/noImgElement: a small picture that has one size
            <img
              src={brand.logo}
              alt=""
              width={64}
              height={64}
              className="mb-4 size-16 rounded-full object-cover"
            />
          ) : null}
          <p className="text-sm text-primary">
            {t.rich('from', { vendor: businessName, name: (text) => <OwnWords>{text}</OwnWords> })}
          </p>
          <h1 className="mt-1 text-2xl font-extrabold md:text-3xl">
            <OwnWords>{name}</OwnWords>
          </h1>
          {description ? (
            <p className="mt-2 max-w-text whitespace-pre-line text-muted">
              <OwnWords>{description}</OwnWords>
            </p>
          ) : null}
        </div>
        {mayDownload && images.length > 0 ? (
          <a href={`/api/albums/${token}/zip`} download className={buttonLook({ variant: 'secondary' })}>
            <Download aria-hidden="true" />
            {t(givesSent ? 'downloadOriginals' : 'downloadAll')}
          </a>
        ) : null}
      </div>
      {images.length > 0 ? (
        <section>
          <h2 className="sr-only">{t('images')}</h2>
          <ClientMessages namespaces={['gallery', 'looks', 'report', 'picks', 'auth']}>
            {picks ? (
              <PicksProvider token={token} picks={picks}>
                <p className="mb-4 max-w-text text-sm text-muted">{t('pickHint')}</p>
                {grid}
                <PicksBar isOnly={isOnly} from={businessName} />
              </PicksProvider>
            ) : (
              grid
            )}
          </ClientMessages>
        </section>
      ) : (
        <EmptyState
          title={t(isOnly ? 'emptyOnly.title' : 'empty.title')}
          action={isOnly ? <ButtonLink href={`/a/${token}`}>{t('emptyOnly.all')}</ButtonLink> : null}
        >
          {t(isOnly ? 'emptyOnly.text' : 'empty.text')}
        </EmptyState>
      )}
      {closingWords ? (
        <p className="max-w-text whitespace-pre-line border-s-2 border-primary ps-4">
          <OwnWords>{closingWords}</OwnWords>
        </p>
      ) : null}
      <ViewCounter opens="album" token={token} />
    </main>
  );
}
