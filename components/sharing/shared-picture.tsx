import { useTranslations } from 'next-intl';
import { Picture, toShown } from '#components/files/picture.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import type { SharedResult } from '#lib/sharing/view.ts';

type Props = { result: SharedResult; style: string; isOwner: boolean };

/** A shared result: the picture as large as the screen allows, its name, and the way to one's own. */
export function SharedPicture({ result, style, isOwner }: Props) {
  const t = useTranslations('sharing.page');
  const { image, title } = result;
  const ratio = image.width / image.height;
  return (
    <main id="main" className="page grid grow content-center justify-items-center gap-6 py-6 md:py-8">
      <figure
        className="grid w-full gap-4"
        style={{ maxWidth: `max(16rem, calc((100dvh - 20rem) * ${ratio.toFixed(4)}))` }}
      >
        <Picture
          image={toShown(image)}
          alt={t('alt', { style })}
          sizes="(min-width: 75rem) 1120px, 100vw"
          first
          placeholder="blur"
          className="h-auto w-full animate-fade rounded-card"
        />
        <figcaption className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <h1 className="min-w-0 text-lg font-extrabold" dir="auto">
            {title ?? style}
          </h1>
          {title ? <p className="text-sm text-muted">{t('style', { style })}</p> : null}
        </figcaption>
      </figure>
      <div className="grid justify-items-center gap-2 text-center">
        <ButtonLink
          size="lg"
          href={result.style === 'reference' ? '/studio' : `/studio?style=${result.style}`}
        >
          {t('make')}
        </ButtonLink>
        <p className="text-sm text-muted">{t(isOwner ? 'owner' : 'makeText')}</p>
      </div>
    </main>
  );
}
