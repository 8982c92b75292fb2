import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { AuthCard } from '#components/auth/auth-card.tsx';
import { SharedPicture } from '#components/sharing/shared-picture.tsx';
import { UnlockForm } from '#components/sharing/unlock-form.tsx';
import { ViewCounter } from '#components/sharing/view-counter.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { describePage } from '#components/shell/describe-page.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getOfferOf } from '#lib/gallery/offer/queries.ts';
import { getSharePage } from '#lib/sharing/result-link/queries.ts';
import type { SharedResult } from '#lib/sharing/result-link/view.ts';

type Props = { params: Promise<{ locale: Locale; token: string }> };

/** A link is for those who have it: nothing of it is to be found by searching. */
const unlisted: Metadata = { robots: { index: false, follow: false } };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, token } = await params;
  const [page, t, credits, named] = await Promise.all([
    getSharePage(token),
    getTranslations('sharing'),
    getTranslations('credit.plain'),
    namesOfLooks(),
  ]);
  if (page?.state !== 'open') {
    return page
      ? { ...unlisted, title: t(page.state === 'closed' ? 'closed.title' : 'unlock.title') }
      : unlisted;
  }
  const { credit, title } = page.result;
  const what = named(page.result);
  const name = title ?? (credit ? t('page.look', { kind: what }) : t('page.title', { style: what }));
  const by = credit && {
    said: credit.shop ? (credit.picture?.title ? ('of' as const) : ('untitled' as const)) : ('gone' as const),
    title: credit.picture?.title ?? '',
    name: credit.shop?.name ?? '',
  };
  const description = [by && credits(by.said, by), t('page.description')].filter(Boolean).join(' ');
  // Who asks with a password's cookie is a browser; a site that shows a card of the link has none.
  return describePage(locale, {
    title: name,
    description,
    path: `/s/${token}`,
    type: 'article',
    card: page.isPublic ? { url: `/api/shares/${token}/card`, alt: name } : null,
    isSecret: true,
  });
}

/** What a look is called: by its style, or by the kind of a gallery's look. */
async function namesOfLooks() {
  const [styles, kinds] = await Promise.all([getTranslations('styles'), getTranslations('looks.kind')]);
  return ({ style, credit }: SharedResult) => (credit ? kinds(credit.kind) : styles(`${style}.title`));
}

/** A result that its owner shared: the picture, or the question for its password. */
export default async function SharedResultPage({ params }: Props) {
  const { token } = await params;
  const page = await getSharePage(token);
  if (!page || page.state === 'closed') notFound();
  const [t, named] = await Promise.all([getTranslations('sharing.unlock'), namesOfLooks()]);
  if (page.state === 'locked') {
    return (
      <AuthCard title={t('title')} text={t('text')}>
        <ClientMessages namespaces={['sharing', 'auth']}>
          <UnlockForm opens="result" token={token} />
        </ClientMessages>
      </AuthCard>
    );
  }
  const { result, isOwner } = page;
  const offer = await getOfferOf(result.credit);
  return (
    <ClientMessages namespaces={['offer']}>
      <SharedPicture result={result} style={named(result)} isOwner={isOwner} offer={offer} />

      {isOwner ? null : <ViewCounter opens="result" token={token} />}
    </ClientMessages>
  );
}
