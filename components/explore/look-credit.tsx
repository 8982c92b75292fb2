import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { OwnWords } from '#components/ui/own-words.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { LookCredit as Credit } from '#lib/gallery/look/kinds.ts';
import { profilePath, withImage } from '#lib/gallery/public/paths.ts';

type Props = { credit: Credit; className?: string };

/**
 * Whose look something was made in: the picture and its shop, each a way to it. What was withdrawn is said and the way
 * to the shop stays; of a shop that is gone nothing leads anywhere. Needs the namespace `credit`.
 */
export function LookCredit({ credit, className }: Props) {
  const t = useTranslations('credit');
  const { picture, shop } = credit;
  const way = (href: string) => (text: ReactNode) => (
    <Link href={href} className="text-lapis underline underline-offset-4">
      <OwnWords>{text}</OwnWords>
    </Link>
  );
  const words = shop
    ? t.rich(picture ? (picture.title ? 'of' : 'untitled') : 'withdrawn', {
        title: picture?.title ?? '',
        name: shop.name,
        picture: way(picture ? withImage(profilePath(shop.handle), picture.id) : ''),
        shop: way(profilePath(shop.handle)),
      })
    : t('gone');
  return <p className={className}>{words}</p>;
}

/**
 * The same in few words and without links, for a list whose entries are links: the shop, which must not be what is cut
 * off, and the kind. Needs `looks` and `credit`.
 */
export function ShortCredit({ credit: { kind, shop, picture }, className }: Props) {
  const t = useTranslations('credit');
  const kinds = useTranslations('looks.kind');
  return (
    <p className={className}>
      {shop ? <OwnWords>{shop.name}</OwnWords> : t('goneShort')} · {kinds(kind)}
      {shop && !picture ? ` · ${t('withdrawnShort')}` : null}
    </p>
  );
}
