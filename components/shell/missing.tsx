import { useTranslations } from 'next-intl';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Khatam } from '#components/ui/khatam.tsx';

/** A page we do not have, or that is somebody else's: said the same way. */
export function Missing() {
  const t = useTranslations('notFound');
  return (
    <main id="main" className="page grid grow content-center justify-items-center gap-4 py-20 text-center">
      <Khatam className="mb-4 size-32 text-field" />
      <h1 className="text-2xl font-extrabold">{t('title')}</h1>
      <p className="max-w-form text-muted">{t('text')}</p>
      <div className="mt-4 flex flex-wrap justify-center gap-3">
        <ButtonLink href="/">{t('home')}</ButtonLink>
        <ButtonLink href="/styles" variant="secondary">
          {t('styles')}
        </ButtonLink>
      </div>
    </main>
  );
}
