import { useTranslations } from 'next-intl';
import { BotLinks } from '#components/bot/bot-links.tsx';
import { LookCredit } from '#components/explore/look-credit.tsx';
import { OfferLine } from '#components/explore/offer/offer-line.tsx';
import { Picture, toShown } from '#components/files/picture.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import type { OfferView } from '#lib/gallery/offer/view.ts';
import { profilePath, tryPath } from '#lib/gallery/public/paths.ts';
import type { SharedResult } from '#lib/sharing/result-link/view.ts';

type Props = {
  result: SharedResult;
  style: string;
  isOwner: boolean;
  /** What its shop offers with the picture it was made in. */
  offer: OfferView | null;
};

/** A shared result: the picture as large as the screen allows, its name, and the way to one's own. */
export function SharedPicture({ result, style, isOwner, offer }: Props) {
  const t = useTranslations('sharing.page');
  const credits = useTranslations('credit');
  const { image, title, credit } = result;
  const shop = credit?.shop;
  const tried = credit?.picture ? tryPath(credit.picture.id, credit.shades) : null;
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
        <figcaption className="grid gap-1 text-center">
          <h1 className="text-lg font-extrabold">
            <OwnWords>{title ?? style}</OwnWords>
          </h1>
          {title ? <p className="text-sm text-muted">{t('style', { style })}</p> : null}
          {credit ? <LookCredit credit={credit} className="text-sm text-muted" /> : null}
          {offer && credit?.picture ? (
            <OfferLine
              offer={offer}
              imageId={credit.picture.id}
              name={credit.picture.title ?? style}
              className="pt-2"
            />
          ) : null}
        </figcaption>
      </figure>
      <div className="grid w-full justify-items-center gap-2 text-center">
        <div className="flex w-full flex-wrap justify-center gap-3 max-sm:*:w-full">
          <ButtonLink
            size="lg"
            href={tried ?? (credit ? '/studio' : `/studio?style=${result.style}`)}
            rel={tried ? 'nofollow' : undefined}
          >
            {tried ? credits('try') : t('make')}
          </ButtonLink>
          {shop ? (
            <ButtonLink size="lg" variant="secondary" href={profilePath(shop.handle)}>
              <bdi>{credits('shop', { name: shop.name })}</bdi>
            </ButtonLink>
          ) : null}
          {credit?.picture ? <BotLinks lookId={credit.picture.id} /> : null}
        </div>
        <p className="text-sm text-muted">
          {isOwner ? t('owner') : tried ? credits('tryText') : t('makeText')}
        </p>
      </div>
    </main>
  );
}
