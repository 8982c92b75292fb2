import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { Picture } from '#components/files/picture.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { StyleName } from '#lib/styles/catalogue.ts';
import { sampleOf } from './sample.ts';

/** A style as a picture with its name, leading to the studio with it chosen. */
export function StyleCard({
  style,
  sizes,
  brief = false,
  className,
}: {
  style: StyleName;
  sizes: string;
  brief?: boolean;
  className?: string;
}) {
  const t = useTranslations('styles');
  return (
    <Link
      href={`/studio?style=${style}`}
      className={clsx('group grid content-start gap-3 rounded-card', className)}
    >
      <span className="overflow-hidden rounded-card">
        <Picture
          image={sampleOf(style)}
          alt=""
          sizes={sizes}
          className="aspect-square w-full object-cover transition-transform duration-calm ease-out group-hover:scale-[1.02]"
        />
      </span>
      <span className="grid gap-0.5">
        <span className="font-semibold group-hover:text-primary">{t(`${style}.title`)}</span>
        {brief ? null : <span className="text-sm text-muted">{t(`${style}.description`)}</span>}
      </span>
    </Link>
  );
}
