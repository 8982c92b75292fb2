import { useTranslations } from 'next-intl';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Khatam } from '#components/ui/khatam.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { profilePath } from '#lib/gallery/public/paths.ts';

/** A link that opened something once: says so, and whom to ask. Whose result it was is said to nobody. */
export function ClosedLink({
  shop,
}: {
  shop: { name: string; handle: string; closingWords: string | null } | null;
}) {
  const t = useTranslations('sharing.closed');
  return (
    <main id="main" className="page grid grow content-center justify-items-center gap-4 py-20 text-center">
      <Khatam className="mb-4 size-32 text-field" />
      <h1 className="text-2xl font-extrabold">{t('title')}</h1>
      <p className="max-w-form text-muted">
        {shop
          ? t.rich('album', { name: shop.name, shop: (text) => <OwnWords>{text}</OwnWords> })
          : t('result')}
      </p>
      {shop?.closingWords ? (
        <p className="max-w-form whitespace-pre-line rounded-card border border-line bg-surface p-5">
          <OwnWords>{shop.closingWords}</OwnWords>
        </p>
      ) : null}
      <ButtonLink href={shop ? profilePath(shop.handle) : '/'} className="mt-4">
        {shop ? <bdi>{t('shop', { name: shop.name })}</bdi> : t('home')}
      </ButtonLink>
    </main>
  );
}
