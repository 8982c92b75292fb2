import { useLocale, useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { createBanner, retireBanner } from '#lib/admin/banner/actions.ts';
import type { BannerRow } from '#lib/admin/banner/store.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Moment } from '../moment.tsx';
import { Section } from '../shell/section.tsx';

/** What is said to everybody on every page, and what was. */
export function BannerSection({ banners, now }: { banners: readonly BannerRow[]; now: Date }) {
  const t = useTranslations('admin.banners');
  const locale = useLocale();
  const stateOf = ({ retiredAt, startsAt, endsAt }: BannerRow) => {
    if (retiredAt) return 'retired';
    if (endsAt <= now) return 'over';
    return startsAt > now ? 'coming' : 'now';
  };
  return (
    <Section
      title={t('title')}
      lead={t('lead')}
      aside={
        <ActionDialog
          act="createBanner"
          action={createBanner}
          size="sm"
          fields={[
            {
              name: 'kind',
              label: t('kind'),
              options: [
                { value: 'news', label: t('kinds.news') },
                { value: 'maintenance', label: t('kinds.maintenance') },
              ],
            },
            { name: 'fa', label: t('fa'), rows: 2, dir: 'rtl' },
            { name: 'en', label: t('en'), rows: 2, dir: 'ltr' },
            { name: 'startsAt', label: t('startsAt'), hint: t('momentHint'), dir: 'ltr' },
            { name: 'endsAt', label: t('endsAt'), dir: 'ltr' },
          ]}
        />
      }
    >
      {banners.length === 0 ? <p className="text-sm text-muted">{t('none')}</p> : null}
      <ul className="grid gap-3 text-sm">
        {banners.map((banner) => {
          const state = stateOf(banner);
          return (
            <li
              key={banner.id}
              data-banner={banner.id}
              className="flex flex-wrap items-center gap-x-3 gap-y-1"
            >
              <Badge tone={state === 'now' ? 'success' : state === 'coming' ? 'information' : 'neutral'}>
                {t(`states.${state}`)}
              </Badge>
              <span className="font-semibold">{t(`kinds.${banner.kind}`)}</span>
              <OwnWords>{banner[locale]}</OwnWords>
              <span className="text-muted">
                <Moment at={banner.startsAt} /> – <Moment at={banner.endsAt} />
              </span>
              {state === 'now' || state === 'coming' ? (
                <ActionDialog
                  act="retireBanner"
                  action={retireBanner}
                  input={{ id: banner.id }}
                  about={<OwnWords>{banner[locale]}</OwnWords>}
                  size="sm"
                  variant="quiet"
                />
              ) : null}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
