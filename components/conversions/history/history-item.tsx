import { Star } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { ShortCredit } from '#components/explore/look-credit.tsx';
import { Picture, toShown } from '#components/files/picture.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import type { ConversionView } from '#lib/conversions/view.ts';
import { formatDay } from '#lib/core/dates.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import { useTitleOf } from '../title-of.ts';

const tones = {
  pending: 'neutral',
  processing: 'primary',
  completed: 'success',
  failed: 'danger',
  cancelled: 'neutral',
} as const;

/**
 * One conversion of the history, as wide as its picture asks for: the rows come out even. The list says with
 * `--row` how tall a row would like to be.
 */
export function HistoryItem({ conversion }: { conversion: ConversionView }) {
  const t = useTranslations('conversions');
  const history = useTranslations('history');
  const title = useTitleOf()(conversion);
  const locale = useLocale();
  const { id, status, source, result, credit, createdAt } = conversion;
  const image = result ?? source;
  // What one took back oneself is no failure.
  const state = conversion.failureCode === 'cancelled' ? 'cancelled' : status;
  const ratio = image ? Math.min(2, Math.max(0.6, image.width / image.height)) : 1;
  return (
    <li style={{ flexGrow: ratio, flexBasis: `calc(var(--row) * ${ratio})` }} className="min-w-0">
      <Link href={`/conversions/${id}`} className="group grid gap-2.5 rounded-card">
        <span className="relative overflow-hidden rounded-card bg-sunken" style={{ aspectRatio: ratio }}>
          {image ? (
            <Picture
              image={toShown(image)}
              alt=""
              sizes="(min-width: 48rem) 400px, 100vw"
              className={result ? 'size-full object-cover' : 'size-full object-cover opacity-60'}
            />
          ) : null}
          <span className="absolute start-3 top-3 flex flex-wrap gap-1.5">
            {status === 'completed' ? null : <Badge tone={tones[state]}>{t(`status.${state}`)}</Badge>}
            {conversion.moderation === 'waiting' ? <Badge tone="warning">{t('waiting.title')}</Badge> : null}
          </span>
          {conversion.isFavourite ? (
            <span className="absolute end-3 top-3 grid size-8 place-content-center rounded-full bg-background">
              <Star aria-hidden="true" className="size-4.5 fill-saffron text-saffron" />
              <span className="sr-only">{history('favourite')}</span>
            </span>
          ) : null}
        </span>
        <span className="grid gap-0.5 text-sm">
          <span className="truncate font-semibold group-hover:text-primary">
            <OwnWords>{title}</OwnWords>
          </span>
          {credit ? <ShortCredit credit={credit} className="truncate text-xs text-muted" /> : null}
          <time dateTime={createdAt} className="truncate text-xs text-muted">
            {formatDay(locale, new Date(createdAt))}
          </time>
        </span>
      </Link>
    </li>
  );
}
