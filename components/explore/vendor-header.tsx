import { AtSign, Globe, Mail, MapPin, Phone } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { OwnWords } from '#components/ui/own-words.tsx';
import { localePath } from '#lib/core/i18n/routing.ts';
import { showPhone } from '#lib/core/phone.ts';
import { profilePath } from '#lib/gallery/public/paths.ts';
import type { PublicVendor } from '#lib/gallery/public/read-gallery.ts';
import { outwardRel } from '#lib/gallery/vendor/profile.ts';
import { ReportDialog } from './lightbox/report-dialog.tsx';
import { ShareButton } from './lightbox/share-button.tsx';
import { VendorAvatar } from './vendor-avatar.tsx';
import { VendorName } from './vendor-name.tsx';

const line = 'inline-flex min-h-8 max-w-full items-center gap-1.5 rounded-sm [&_svg]:size-4 [&_svg]:shrink-0';

/** Who a gallery belongs to, and how to reach them. */
export function VendorHeader({ vendor }: { vendor: PublicVendor }) {
  const t = useTranslations('gallery');
  const locale = useLocale();
  const { name, isVerified, bio, kind, city, phone, email, address, links } = vendor;
  const about = [kind && kind !== 'other' ? t(`kinds.${kind}`) : null, city].filter(Boolean);
  return (
    <header className="flex flex-col gap-5 sm:flex-row sm:items-start sm:gap-7">
      <VendorAvatar url={vendor.avatarUrl} name={name} className="size-20 text-2xl sm:size-28" />
      <div className="grid min-w-0 grow gap-3">
        <div>
          <h1 className="text-2xl font-extrabold">
            <VendorName name={name} isVerified={isVerified} />
          </h1>
          {about.length > 0 ? (
            <p className="text-muted">
              <OwnWords>{about.join(t('listSeparator'))}</OwnWords>
            </p>
          ) : null}
        </div>
        {bio ? (
          <p className="max-w-text whitespace-pre-line">
            <OwnWords>{bio}</OwnWords>
          </p>
        ) : null}
        {address || phone || email || links.length > 0 ? (
          <ul aria-label={t('contact')} className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
            {address ? (
              <li className={line}>
                <MapPin aria-hidden="true" />
                <OwnWords className="min-w-0">{address}</OwnWords>
              </li>
            ) : null}
            {phone ? (
              <li>
                <a href={`tel:${phone}`} className={`${line} hover:text-primary`}>
                  <Phone aria-hidden="true" />
                  <span className="sr-only">{t('phone')}: </span>
                  <bdi dir="ltr">{showPhone(phone, locale)}</bdi>
                </a>
              </li>
            ) : null}
            {email ? (
              <li>
                <a href={`mailto:${email}`} className={`${line} hover:text-primary`}>
                  <Mail aria-hidden="true" />
                  <span className="sr-only">{t('email')}: </span>
                  <bdi dir="ltr">{email}</bdi>
                </a>
              </li>
            ) : null}
            {links.map(({ kind: service, url }) => (
              <li key={service}>
                <a href={url} target="_blank" rel={outwardRel} className={`${line} hover:text-primary`}>
                  {service === 'website' ? <Globe aria-hidden="true" /> : <AtSign aria-hidden="true" />}
                  {t(`services.${service}`)}
                </a>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      <div className="flex shrink-0 flex-wrap gap-2">
        <ShareButton path={localePath(locale, profilePath(vendor.handle))} title={name} />
        <ReportDialog vendorId={vendor.id} />
      </div>
    </header>
  );
}
