import { useLocale, useTranslations } from 'next-intl';
import { formatDay, formatTime } from '#lib/core/dates.ts';
import type { Banner } from '#lib/notifications/banner/store.ts';

/** What the operator has to say to everybody: news, or work on the site with its hours. */
export function SiteBanners({ banners }: { banners: readonly Banner[] }) {
  const t = useTranslations('shell.banner');
  const locale = useLocale();
  if (banners.length === 0) return null;
  const at = (moment: Date) => t('at', { day: formatDay(locale, moment), time: formatTime(locale, moment) });
  const window = (from: Date, to: Date) => {
    const day = formatDay(locale, from);
    return day === formatDay(locale, to)
      ? t('sameDay', { day, from: formatTime(locale, from), to: formatTime(locale, to) })
      : t('window', { from: at(from), to: at(to) });
  };
  return (
    <aside aria-label={t('label')}>
      {banners.map(({ id, kind, fa, en, startsAt, endsAt }) => (
        <p
          key={id}
          data-banner={kind}
          className={`px-4 py-2 text-center text-sm ${kind === 'maintenance' ? 'bg-warning-soft text-warning' : 'bg-sunken text-ink'}`}
        >
          <bdi>{locale === 'fa' ? fa : en}</bdi>
          {kind === 'maintenance' ? (
            <span className="ms-2 inline-block">{window(startsAt, endsAt)}</span>
          ) : null}
        </p>
      ))}
    </aside>
  );
}
