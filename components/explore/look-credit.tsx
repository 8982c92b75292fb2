import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { LookCredit as Credit } from '#lib/gallery/look/kinds.ts';
import { profilePath, withImage } from '#lib/gallery/public/paths.ts';

type Props = {
  credit: Credit;
  /** Where the whole thing is a link already, its parts are none. */
  isPlain?: boolean;
  className?: string;
};

/**
 * Whose look something was made in: the picture and its shop, each a way to it. What was withdrawn is said and the way
 * to the shop stays; of a shop that is gone nothing leads anywhere. Needs the namespace `credit`.
 */
export function LookCredit({ credit, isPlain = false, className }: Props) {
  const t = useTranslations('credit');
  const { picture, shop } = credit;
  const way = (href: string) => (text: ReactNode) =>
    isPlain ? (
      <bdi>{text}</bdi>
    ) : (
      <Link href={href} className="text-lapis underline underline-offset-4">
        <bdi>{text}</bdi>
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
