'use client';

import { Download, QrCode } from 'lucide-react';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { BotCodes } from '#components/bot/bot-links.tsx';
import { callAction } from '#components/ui/action/call-action.ts';
import { goneIsDone } from '#components/ui/action/gone.ts';
import { Button, buttonLook } from '#components/ui/button.tsx';
import { byteSize } from '#components/ui/byte-size.ts';
import { TextField } from '#components/ui/form/text-field.tsx';
import { Dialog, DialogClose, DialogContent } from '#components/ui/overlay/dialog.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { variantUrl } from '#lib/files/image/view.ts';
import { editImage, setImagesLook } from '#lib/gallery/library/actions.ts';
import type { OwnImage } from '#lib/gallery/library/view.ts';
import { removeOffer, saveOffer } from '#lib/gallery/offer/actions.ts';
import { galleryLimits } from '#lib/gallery/policy.ts';
import { qrPath } from '#lib/gallery/public/paths.ts';
import { useGalleryAction } from '../use-gallery-action.ts';
import { AltField } from './alt-field.tsx';
import { type LookDraft, LookFields } from './look-fields.tsx';
import { OfferFields, toDraft } from './offer-fields.tsx';
import { TagsField } from './tags-field.tsx';

type Props = {
  image: OwnImage | null;
  knownTags: readonly string[];
  /** Of the shop, for the code of a picture that everybody sees. */
  shop: string;
  onClose: () => void;
};

/** Title, description and tags of one image, and what people try on with it. */
export function ImageEditor({ image, ...more }: Props) {
  return (
    <Dialog open={image !== null} onOpenChange={(open) => (open ? null : more.onClose())}>
      {image ? <Content key={image.id} image={image} {...more} /> : null}
    </Dialog>
  );
}

function Content({ image, knownTags, shop, onClose }: Props & { image: OwnImage }) {
  const t = useTranslations('library.gallery.edit');
  const locale = useLocale();
  const format = useFormatter();
  const { isBusy, act } = useGalleryAction();
  const [title, setTitle] = useState(image.title);
  const [altText, setAltText] = useState(image.altText);
  const [tags, setTags] = useState(image.tags);
  // The page is read anew when something fails: what it showed at first stays what was there before.
  const [lookBefore] = useState(image.look);
  const [look, setLook] = useState<LookDraft>(lookBefore);
  const words = useTranslations();
  const [was] = useState(() => toDraft(image.offer, words('vendorOffer.separator')));
  const [offer, setOffer] = useState(was);
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const errorOf = (field: string) => {
    const key = wrong[field];
    return key ? words(key as Parameters<typeof words>[0]) : undefined;
  };
  const formId = useId();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const { id } = image;
    const write = async () => {
      const changed = look === lookBefore || (await callAction(setImagesLook, { ids: [id], ...look }));
      if (changed !== true && !changed.ok) return changed;
      const named = await callAction(editImage, { id, title, altText, tags });
      if (!named.ok || offer === was) return named;
      const offered = offer
        ? await callAction(saveOffer, { id, ...offer })
        : goneIsDone(await callAction(removeOffer, { id }));
      setWrong(offered.ok ? {} : (offered.fields ?? {}));
      return offered;
    };
    if (await act(write, t('saved'))) onClose();
  };
  return (
    <DialogContent
      title={t('title')}
      actions={
        <>
          <DialogClose asChild>
            <Button variant="secondary">{t('cancel')}</Button>
          </DialogClose>
          <Button type="submit" form={formId} busy={isBusy}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={save} className="grid gap-5">
        <TextField
          name="title"
          label={t('name')}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          maxLength={galleryLimits.maxTitleLength}
          autoComplete="off"
          dir="auto"
        />
        <AltField value={altText} onChange={setAltText} />
        <TagsField label={t('tags')} tags={tags} onChange={setTags} known={knownTags} />
        <LookFields
          look={look}
          picture={{ url: image.url, wornUrl: variantUrl(image, 'w1280'), alt: altText || title }}
          onChange={setLook}
        />
        <OfferFields offer={offer} onChange={setOffer} errorOf={errorOf} />
        {image.isPublic && shop ? (
          <>
            <a
              href={qrPath(shop, { image: image.id, form: 'pdf', locale })}
              download
              className={buttonLook({ variant: 'secondary', size: 'sm' })}
            >
              <QrCode aria-hidden="true" />
              {t('qr')}
            </a>
            <BotCodes hrefOf={(chat) => qrPath(shop, { image: image.id, form: 'pdf', locale, chat })} />
          </>
        ) : null}
        {image.sentBytes === null ? null : (
          <a
            href={`/api/originals/${image.id}`}
            download
            className={buttonLook({ variant: 'secondary', size: 'sm' })}
          >
            <Download aria-hidden="true" />
            {t('original', { size: byteSize(format, image.sentBytes) })}
          </a>
        )}
        <p className="min-w-0 text-xs text-muted">
          <OwnWords className="block w-fit max-w-full truncate">{image.fileName}</OwnWords>
        </p>
      </form>
    </DialogContent>
  );
}
