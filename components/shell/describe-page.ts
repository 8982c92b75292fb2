import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { env } from '#lib/core/env/env.ts';
import { type Locale, localePath } from '#lib/core/i18n/routing.ts';
import { alternatesOf, publicUrl } from '#lib/gallery/public/address.ts';
import type { Card } from '#lib/gallery/public/page-meta.ts';

type Page = {
  readonly title: string;
  readonly description: string;
  /** Without the locale, with what of its query makes it another page. */
  readonly path: string;
  /** The site's own where it is left out; none where it is null. */
  readonly card?: Card | null;
  readonly type?: 'website' | 'profile' | 'article';
  /** Found by search engines; what is one of endless combinations, or secret, is not. */
  readonly isListed?: boolean;
  /** The address itself is a secret: it stands on no other page, and has no others beside it. */
  readonly isSecret?: boolean;
  /** What other sites embed it as (https://oembed.com): an address that answers in JSON. */
  readonly oembed?: string;
  /** The title as it is, without the site's name behind it. */
  readonly isWhole?: boolean;
};

const siteCard = (locale: Locale): Card => ({ url: `/samples/card-${locale}.jpg` });

/**
 * What a page that others can open says of itself to programs: search engines, and the services that draw a preview of a
 * link (Open Graph, https://ogp.me; Twitter cards). Every such page declares it through here.
 */
export async function describePage(locale: Locale, page: Page): Promise<Metadata> {
  const { title, description, path, type = 'website', isListed = true, isSecret = false } = page;
  const card = page.card === undefined ? siteCard(locale) : page.card;
  const t = await getTranslations({ locale, namespace: 'site' });
  const images = card ? [{ ...card, width: 1200, height: 630, type: 'image/jpeg' }] : [];
  return {
    metadataBase: new URL(env().nextauthUrl),
    title: page.isWhole ? { absolute: title } : title,
    description,
    ...(isSecret
      ? {}
      : {
          alternates: {
            ...alternatesOf(locale, path),
            ...(page.oembed ? { types: { 'application/json+oembed': page.oembed } } : {}),
          },
        }),
    openGraph: {
      type,
      title,
      description,
      url: isSecret ? localePath(locale, path) : publicUrl(locale, path),
      siteName: t('name'),
      locale: locale === 'fa' ? 'fa_IR' : 'en_GB',
      images,
    },
    twitter: { card: images.length > 0 ? 'summary_large_image' : 'summary', title, description, images },
    ...(isSecret
      ? { robots: { index: false, follow: false }, referrer: 'no-referrer' }
      : isListed
        ? {}
        : { robots: { index: false, follow: true } }),
  };
}
