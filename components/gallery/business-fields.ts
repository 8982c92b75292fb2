import { toNationalPhone } from '#lib/core/phone.ts';
import type { linkKinds } from '#lib/gallery/vendor/profile.ts';
import type { OwnBusiness } from '#lib/gallery/vendor/queries.ts';

/** What a business says of itself, as the fields of its form hold it. */
export function businessFields(business: OwnBusiness) {
  const urlOf = (kind: (typeof linkKinds)[number]) =>
    business.links.find((link) => link.kind === kind)?.url ?? '';
  return {
    businessName: business.businessName,
    bio: business.bio,
    kind: business.kind ?? '',
    city: business.city ?? '',
    contactPhone: toNationalPhone(business.phone ?? ''),
    email: business.email ?? '',
    address: business.address ?? '',
    website: urlOf('website'),
    instagram: urlOf('instagram'),
    telegram: urlOf('telegram'),
    whatsapp: urlOf('whatsapp'),
    bale: urlOf('bale'),
    eitaa: urlOf('eitaa'),
  };
}
