'use client';

import { clsx } from 'clsx';
import { CalendarDays, MessageCircle, Phone, ShoppingBag } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { buttonLook } from '#components/ui/button.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { formatToman } from '#lib/core/money.ts';
import { contactAddress, type OfferView } from '#lib/gallery/offer/view.ts';
import { outwardRel } from '#lib/gallery/vendor/profile.ts';
import { tellVisit } from '../visits.ts';

type Props = {
  offer: OfferView;
  imageId: string;
  /** What the picture is called, for the first words to the shop. */
  name: string;
  className?: string;
};

/**
 * What a shop offers with a picture: price, what there is of it, and the ways to it. A press is told to the server as a look
 * is. Needs the namespace `offer`.
 */
export function OfferLine({ offer, imageId, name, className }: Props) {
  const t = useTranslations('offer');
  const locale = useLocale();
  const { priceRials, variants, inStock, link, booking, contact } = offer;
  const count = () => tellVisit({ clicked: imageId });
  const ways = [
    contact && {
      href: contactAddress(contact, t('words', { name })),
      text: t(`contact.${contact.kind}`),
      Icon: contact.kind === 'phone' ? Phone : MessageCircle,
    },
    booking && { href: booking, text: t('book'), Icon: CalendarDays },
    link && { href: link, text: t('buy'), Icon: ShoppingBag },
  ].filter((way) => way !== null && way !== '');
  return (
    <section
      aria-label={t('label')}
      className={clsx('flex flex-wrap items-center justify-center gap-x-4 gap-y-2 text-sm', className)}
    >
      <p className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1">
        <strong className="tabular text-base">
          {priceRials === null ? t('ask') : t('price', { amount: formatToman(BigInt(priceRials), locale) })}
        </strong>
        {inStock ? null : <Badge tone="neutral">{t('gone')}</Badge>}
        {variants.length > 0 ? (
          <span className="text-muted">
            <span className="sr-only">{t('variants')}: </span>
            <OwnWords>{variants.join(t('separator'))}</OwnWords>
          </span>
        ) : null}
      </p>
      {ways.length > 0 ? (
        <ul className="flex flex-wrap justify-center gap-2">
          {ways.map(({ href, text, Icon }) => (
            <li key={href}>
              <a
                href={href}
                {...(href.startsWith('tel:') ? {} : { target: '_blank', rel: outwardRel })}
                onClick={count}
                className={buttonLook({ variant: 'secondary', size: 'sm' })}
              >
                <Icon aria-hidden="true" />
                {text}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
