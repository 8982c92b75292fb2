'use client';

import { useTranslations } from 'next-intl';
import { Choice } from '#components/ui/form/choice.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { type ContactWay, contactWays, type OwnOffer } from '#lib/gallery/offer/kinds.ts';

/** An offer as it is typed. */
export type OfferDraft = {
  readonly price: string;
  readonly variants: string;
  readonly inStock: boolean;
  readonly link: string;
  readonly booking: string;
  readonly contact: ContactWay | '';
};

const nothing: OfferDraft = { price: '', variants: '', inStock: true, link: '', booking: '', contact: '' };

/** What is offered already, as it would be typed; null for nothing. */
export function toDraft(offer: OwnOffer | null, separator: string): OfferDraft | null {
  return (
    offer && {
      price: offer.priceRials === null ? '' : String(offer.priceRials / 10),
      variants: offer.variants.join(separator),
      inStock: offer.inStock,
      link: offer.link ?? '',
      booking: offer.booking ?? '',
      contact: offer.contact ?? '',
    }
  );
}

type Props = {
  offer: OfferDraft | null;
  onChange: (offer: OfferDraft | null) => void;
  errorOf: (field: string) => string | undefined;
};

/** Whether something is offered with an image, and what: price, sizes, where it is had. */
export function OfferFields({ offer, onChange, errorOf }: Props) {
  const t = useTranslations('vendorOffer');
  const set = (more: Partial<OfferDraft>) => offer && onChange({ ...offer, ...more });
  const text = (name: 'price' | 'variants' | 'link' | 'booking') => ({
    name,
    label: t(name),
    value: offer?.[name] ?? '',
    error: errorOf(name),
    autoComplete: 'off',
    onChange: ({ target }: { target: { value: string } }) => set({ [name]: target.value }),
  });
  return (
    <fieldset className="grid gap-4 border-t border-line pt-4">
      <legend className="sr-only">{t('title')}</legend>
      <Choice
        name="offered"
        checked={offer !== null}
        onChange={({ target }) => onChange(target.checked ? nothing : null)}
        note={t('hint')}
      >
        {t('title')}
      </Choice>
      {offer ? (
        <>
          <TextField {...text('price')} hint={t('priceHint')} inputMode="numeric" dir="ltr" />
          <TextField {...text('variants')} hint={t('variantsHint')} dir="auto" />
          <Choice checked={offer.inStock} onChange={({ target }) => set({ inStock: target.checked })}>
            {t('inStock')}
          </Choice>
          <SelectField
            name="contact"
            label={t('contact')}
            hint={t('contactHint')}
            error={errorOf('contact')}
            value={offer.contact}
            onChange={({ target }) => set({ contact: contactWays.find((way) => way === target.value) ?? '' })}
            options={[
              { value: '', label: t('noContact') },
              ...contactWays.map((way) => ({ value: way, label: t(`ways.${way}`) })),
            ]}
          />
          <TextField {...text('link')} inputMode="url" dir="ltr" />
          <TextField {...text('booking')} inputMode="url" dir="ltr" />
        </>
      ) : null}
    </fieldset>
  );
}
