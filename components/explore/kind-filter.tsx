import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { LookKind } from '#lib/gallery/look/kinds.ts';

export const chip =
  'inline-flex h-9 items-center rounded-full border border-line bg-surface px-3.5 text-sm whitespace-nowrap hover:border-field';

type Props = {
  kinds: readonly LookKind[];
  chosen: LookKind | null;
  /** Where images of one kind are, or of every kind. */
  hrefOf: (kind: LookKind | null) => string;
};

/** What trying images on does, to see those of one kind alone. */
export function KindFilter({ kinds, chosen, hrefOf }: Props) {
  const t = useTranslations('looks');
  return (
    <nav aria-label={t('filter')} className="rail -mx-6 gap-2 px-6 py-1 lg:mx-0 lg:flex-wrap lg:px-0">
      {[null, ...kinds].map((one) => (
        <Link
          key={one ?? 'all'}
          href={hrefOf(one)}
          scroll={false}
          aria-current={one === chosen ? 'true' : undefined}
          className={clsx(
            chip,
            one === chosen && 'border-primary bg-primary-soft font-semibold text-primary',
          )}
        >
          {one ? t(`kind.${one}`) : t('all')}
        </Link>
      ))}
    </nav>
  );
}
