import { RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { LookCredit } from '#components/explore/look-credit.tsx';
import { OfferLine } from '#components/explore/offer/offer-line.tsx';
import { Picture, toShown } from '#components/files/picture.tsx';
import { SendToShop } from '#components/sharing/lead/send-to-shop.tsx';
import { ShareButton } from '#components/sharing/share-result-button.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import type { ConversionView } from '#lib/conversions/view.ts';
import { type ImageView, variantUrl } from '#lib/files/image/view.ts';
import { creditText } from '#lib/gallery/look/credit-text.ts';
import type { OfferView } from '#lib/gallery/offer/view.ts';
import type { OwnLead } from '#lib/sharing/lead/view.ts';
import type { ResultLinkView } from '#lib/sharing/result-link/view.ts';
import { BeforeAfter } from './before-after.tsx';
import { DownloadMenu } from './download-menu.tsx';
import { PhotoAsSent } from './photo-as-sent.tsx';
import { resultSizes } from './result-sizes.ts';
import { useTitleOf } from './title-of.ts';
import { ZoomDialog } from './zoom-dialog.tsx';

type Props = {
  conversion: ConversionView & { result: ImageView };
  links: readonly ResultLinkView[];
  /** What its shop offers with the picture it was made in. */
  offer: OfferView | null;
  /** What of it is at its shop. */
  lead: OwnLead | null;
  /** The number of the account, as it is shown. */
  phone: string;
};

/** How wide a picture becomes that leaves room for the header and the buttons on any screen. */
export function resultWidth({ width, height }: Pick<ImageView, 'width' | 'height'>): string {
  return `calc((100dvh - 22rem) * ${(width / height).toFixed(4)})`;
}

/** A finished conversion: the two pictures as large as the screen allows, and what one may do next. */
export function ConversionResult({ conversion, links, offer, lead, phone }: Props) {
  const t = useTranslations('conversions');
  const styles = useTranslations('styles');
  const title = useTitleOf()(conversion);
  const looks = useTranslations('looks.kind');
  const credits = useTranslations('credit');
  const { source, result, id, style, credit, moderation, chargeReturned } = conversion;
  const said = creditText(credit);
  const shop = credit?.shop;
  const ratio = result.width / result.height;
  const fill = 'size-full object-cover';
  const alt = t('resultAlt', { style: credit ? looks(credit.kind) : styles(`${style}.title`) });
  const after = (
    <Picture
      image={toShown(result)}
      alt={alt}
      sizes={resultSizes}
      first
      placeholder="blur"
      className={fill}
    />
  );
  return (
    <div className="grid justify-items-center gap-6">
      <div className="relative w-full" style={{ maxWidth: `max(16rem, ${resultWidth(result)})` }}>
        {source ? (
          <BeforeAfter
            ratio={ratio}
            words={{
              before: t('slider.before'),
              after: t('slider.after'),
              slider: t('slider.label'),
              half: t('slider.half'),
            }}
            before={
              <PhotoAsSent conversionId={id} photo={toShown(source)} alt={t('sourceAlt')} className={fill} />
            }
            after={after}
          />
        ) : (
          <div className="overflow-hidden rounded-card" style={{ aspectRatio: ratio }}>
            {after}
          </div>
        )}
        <div className="absolute end-3 bottom-3">
          <ZoomDialog src={result.url} alt={alt} width={result.width} height={result.height} />
        </div>
      </div>
      {credit ? <LookCredit credit={credit} className="text-center text-sm text-muted" /> : null}
      {offer && credit?.picture ? (
        <OfferLine
          offer={offer}
          imageId={credit.picture.id}
          name={credit.picture.title ?? looks(credit.kind)}
        />
      ) : null}
      {moderation === 'waiting' ? (
        <Alert tone="warning" title={t('waiting.title')}>
          {t('waiting.text')}
        </Alert>
      ) : null}
      {chargeReturned ? <Alert tone="information">{t('late.done')}</Alert> : null}
      <div className="flex w-full flex-wrap justify-center gap-3 max-sm:*:grow">
        <DownloadMenu
          id={id}
          name={[title, shop?.name].filter(Boolean).join(' · ')}
          width={result.width}
          height={result.height}
        />
        {moderation === 'accepted' ? (
          <ShareButton
            conversionId={id}
            links={links}
            credit={said}
            pictures={{
              name: title,
              result: { original: `/api/conversions/${id}/jpeg`, screen: variantUrl(result, 'w1280') },
              source: source && variantUrl(source, 'w1280'),
            }}
          />
        ) : null}
        {moderation === 'accepted' && !lead && shop ? (
          <SendToShop conversionId={id} shop={shop.name} phone={phone} lead={null} />
        ) : null}
        {source ? (
          <ButtonLink variant="secondary" href={`/studio?again=${id}`}>
            <RotateCcw aria-hidden="true" />
            {t('again')}
          </ButtonLink>
        ) : null}
      </div>
      {lead ? (
        <SendToShop conversionId={id} shop={shop?.name ?? credits('goneShort')} phone={phone} lead={lead} />
      ) : null}
    </div>
  );
}
