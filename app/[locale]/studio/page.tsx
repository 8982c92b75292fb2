import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { quotaSteps } from '#components/shell/area/account-area.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { describePage } from '#components/shell/describe-page.ts';
import type { DraftLook } from '#components/studio/draft/draft.ts';
import { toLookOption } from '#components/studio/look-option.ts';
import { Studio } from '#components/studio/studio.tsx';
import { sampleOf } from '#components/styles/sample.ts';
import { Alert } from '#components/ui/alert.tsx';
import { currentUser, currentVendor } from '#lib/auth/door/current.ts';
import { getEnginePause, getStudioDraft, getStudioKits, getWait } from '#lib/conversions/queries.ts';
import type { ReferenceView } from '#lib/conversions/reference/view.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { formatToman } from '#lib/core/money.ts';
import { getPhotoLibrary, getPhotoTerms } from '#lib/files/photo/queries.ts';
import { listPlansPage } from '#lib/payments/queries.ts';
import { getQuotaView } from '#lib/quota/queries.ts';
import { styles } from '#lib/styles/catalogue.ts';

type Query = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<Query> };

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ locale }, query] = await Promise.all([params, searchParams]);
  const t = await getTranslations({ locale, namespace: 'studio' });
  return describePage(locale, {
    title: t('title'),
    description: t('describe'),
    path: '/studio',
    // With a look or a photo in its address it is one of endless combinations.
    isListed: Object.keys(query).length === 0,
  });
}

/** What the least plan costs a month, as it is read; null when none is sold. */
async function leastPrice(locale: Locale): Promise<string | null> {
  const { user } = await listPlansPage();
  const sold = user.map(({ priceRials }) => priceRials).filter((price) => price > 0n);
  const [least] = sold.sort((one, other) => (one < other ? -1 : 1));
  return least === undefined ? null : formatToman(least, locale);
}

/**
 * Where photos become pictures, open to everybody: photos stay on the device until a picture is asked for. `style`
 * chooses a preset, `reference` a gallery's picture, `kit` opens a gallery's set of looks; `photo` brings photos that
 * are kept, `again` the photo and the look of an earlier conversion; `strength` is how much of the look; `make` goes on with what was asked for before signing up or
 * paying.
 */
export default async function StudioPage({ params, searchParams }: Props) {
  const [{ locale }, query] = await Promise.all([params, searchParams]);
  const [user, vendor] = await Promise.all([currentUser(), currentVendor()]);
  const [t, titles, quota, photos, terms, draft, wait, offered, price, does, kinds] = await Promise.all([
    getTranslations('studio'),
    getTranslations('styles'),
    getQuotaView(),
    getPhotoLibrary(),
    getPhotoTerms(),
    getStudioDraft(query),
    getWait(),
    getStudioKits(query),
    leastPrice(locale),
    getTranslations('looks.does'),
    getTranslations('looks.kind'),
  ]);
  const isPaid = (quota?.paidLimit ?? 0) > 0;
  const isPaused = await getEnginePause(isPaid && (quota?.paidUsed ?? 0) < (quota?.paidLimit ?? 0));
  const { style, reference } = draft;
  const found = reference === 'gone' ? null : reference;
  const toOption = (view: ReferenceView, unnamed: string) => toLookOption(view, does, unnamed);
  const look: DraftLook | null = found ? { reference: found.image.id } : style ? { style } : null;
  return (
    <main id="main" data-desk className="page flex grow flex-col gap-3 py-3 lg:min-h-0 lg:gap-4 lg:py-8">
      <h1 className="sr-only">{t('title')}</h1>
      {isPaused ? (
        <Alert tone="warning" title={t('paused.title')}>
          {t(isPaid ? 'paused.paid' : 'paused.free')}
        </Alert>
      ) : null}
      {vendor && !user ? <Alert tone="information">{t('vendor')}</Alert> : null}
      {reference === 'gone' ? <Alert tone="warning">{t('reference.gone')}</Alert> : null}
      <ClientMessages namespaces={['studio', 'looks', 'files', 'library', 'auth', 'photoCheck']}>
        <Studio
          styles={styles.map(({ name }) => ({
            name,
            title: titles(`${name}.title`),
            description: titles(`${name}.description`),
            picture: sampleOf(name),
          }))}
          references={(found ? [found, ...draft.beside] : []).map((one) =>
            toOption(one, kinds(one.look.kind)),
          )}
          kits={
            offered?.kits.map(({ albumId, name, businessName, images }) => ({
              id: albumId,
              title: name,
              by: businessName,
              options: images.map((one, place) => toOption(one, t('kits.look', { number: place + 1 }))),
            })) ?? null
          }
          startsWithKits={offered?.named ?? false}
          account={user?.userId ?? null}
          quota={
            quota && {
              left: quota.totalRemaining,
              of: quotaSteps(quota),
              isPaid,
              photosLeft: quota.imagesRemaining,
              photosOf: quota.imagesLimit,
            }
          }
          wait={wait}
          price={price}
          earlier={photos}
          terms={terms}
          brought={{
            images: draft.photos,
            last: draft.last,
            look,
            shades: draft.shades,
            strength: draft.strength,
          }}
          goesOn={query.make === '1'}
        />
      </ClientMessages>
    </main>
  );
}
