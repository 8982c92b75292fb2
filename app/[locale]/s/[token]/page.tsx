import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { AuthCard } from '#components/auth/auth-card.tsx';
import { SharedPicture } from '#components/sharing/shared-picture.tsx';
import { UnlockForm } from '#components/sharing/unlock-form.tsx';
import { ViewCounter } from '#components/sharing/view-counter.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { env } from '#lib/core/env/env.ts';
import { type Locale, localePath } from '#lib/core/i18n/routing.ts';
import { unlockResultLink } from '#lib/sharing/result-link/actions.ts';
import { getSharePage } from '#lib/sharing/result-link/queries.ts';

type Props = { params: Promise<{ locale: Locale; token: string }> };

/** A link is for those who have it: nothing of it is to be found by searching. */
const unlisted: Metadata = { robots: { index: false, follow: false } };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, token } = await params;
  const [page, t, styles] = await Promise.all([
    getSharePage(token),
    getTranslations('sharing'),
    getTranslations('styles'),
  ]);
  if (page?.state !== 'open') return page ? { ...unlisted, title: t('unlock.title') } : unlisted;
  const { style, title } = page.result;
  const name = title ?? t('page.title', { style: styles(`${style}.title`) });
  const description = t('page.description');
  // Who asks with a password's cookie is a browser; a site that shows a card of the link has none.
  const images = page.isPublic
    ? [{ url: `/api/shares/${token}/card`, width: 1200, height: 630, type: 'image/jpeg', alt: name }]
    : [];
  return {
    ...unlisted,
    title: name,
    description,
    metadataBase: new URL(env().nextauthUrl),
    openGraph: {
      type: 'article',
      title: name,
      description,
      url: localePath(locale, `/s/${token}`),
      locale: locale === 'fa' ? 'fa_IR' : 'en_GB',
      images,
    },
    twitter: { card: 'summary_large_image', title: name, description, images },
  };
}

/** A result that its owner shared: the picture, or the question for its password. */
export default async function SharedResultPage({ params }: Props) {
  const { token } = await params;
  const page = await getSharePage(token);
  if (!page) notFound();
  const [t, styles] = await Promise.all([getTranslations('sharing.unlock'), getTranslations('styles')]);
  if (page.state === 'locked') {
    return (
      <AuthCard title={t('title')} text={t('text')}>
        <ClientMessages namespaces={['sharing', 'auth']}>
          <UnlockForm token={token} unlock={unlockResultLink} />
        </ClientMessages>
      </AuthCard>
    );
  }
  const { result, isOwner } = page;
  return (
    <>
      <SharedPicture result={result} style={styles(`${result.style}.title`)} isOwner={isOwner} />
      {isOwner ? null : <ViewCounter opens="result" token={token} />}
    </>
  );
}
