import { afterAll, describe, expect, test, vi } from 'vitest';
import { offerInput } from '#lib/gallery/offer/input.ts';
import { getOfferOf } from '#lib/gallery/offer/queries.ts';
import { removeOffer, saveOffer } from '#lib/gallery/offer/save-offer.ts';
import { contactAddress } from '#lib/gallery/offer/view.ts';
import { productObject } from '#lib/gallery/public/page-meta.ts';
import { findVendorPage } from '#lib/gallery/public/read-gallery.ts';
import { businessInput } from '#lib/gallery/vendor/input.ts';
import { updateBusiness } from '#lib/gallery/vendor/update-business.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { ownDataDir } from '#tests/support/files.ts';
import { must, newGallery } from '#tests/support/galleries.ts';

const database = useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);

const typed = {
  price: '۱٬۲۵۰٬۰۰۰',
  variants: 'S، M, L',
  inStock: true,
  link: 'shop.example.ir/x',
  booking: '',
  contact: '',
};
const business = {
  businessName: 'Shop',
  bio: '',
  kind: '',
  city: '',
  contactPhone: '۰۲۱ ۸۸۱۲۳۴۵۶',
  email: '',
  address: '',
  website: '',
  instagram: '@shop.ir',
  telegram: 'shop_ir',
  whatsapp: '۰۹۱۲ ۱۲۳ ۴۵۶۷',
  bale: 'shop_ir',
  eitaa: '',
};

async function shop() {
  const gallery = await newGallery();
  must(await updateBusiness(gallery.actor, businessInput.parse(business)));
  const image = await gallery.addImage({ title: 'Coat' });
  const shown = async () => {
    const page = await findVendorPage(gallery.handle);
    return page && 'images' in page ? page.images.items.find(({ id }) => id === image) : undefined;
  };
  return { gallery, image, shown };
}

describe('what is typed as an offer', () => {
  test('is a price in any digits, sizes in one line, and links that are checked', () => {
    expect(offerInput.parse({ id: crypto.randomUUID(), ...typed })).toMatchObject({
      priceRials: 12_500_000,
      variants: ['S', 'M', 'L'],
      link: 'https://shop.example.ir/x',
      booking: null,
      contact: null,
    });
    expect(offerInput.parse({ id: crypto.randomUUID(), ...typed, price: ' ' }).priceRials).toBeNull();
  });

  test.each([
    ['price', '-5'],
    ['price', '12.5 الف'],
    ['price', '0'],
    ['variants', 'x'.repeat(31)],
    ['variants', Array.from({ length: 13 }, (_, n) => n).join(',')],
    ['link', 'javascript:alert(1)'],
    ['link', 'http://user:pass@a.ir'],
    ['link', 'https://10.0.0.1/'],
    ['booking', 'https://a.ir:8443'],
  ])('is refused beside its field: %s %s', (field, text) => {
    const parsed = offerInput.safeParse({ id: crypto.randomUUID(), ...typed, [field]: text });
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });
});

describe('an offer', () => {
  test('is shown with its picture wherever visitors see that, within a moment, and goes again', async () => {
    const { gallery, image, shown } = await shop();
    expect(await shown()).toMatchObject({ offer: null });
    const offer = offerInput.parse({ id: image, ...typed, contact: 'whatsapp' });
    must(await saveOffer(gallery.actor, offer));
    const expected = {
      priceRials: 12_500_000,
      variants: ['S', 'M', 'L'],
      inStock: true,
      link: 'https://shop.example.ir/x',
      booking: null,
      contact: { kind: 'whatsapp', to: 'https://wa.me/989121234567' },
    };
    // What was kept of the page is dropped when the change is heard of.
    await vi.waitFor(async () => expect((await shown())?.offer).toEqual(expected), { timeout: 5000 });
    const credit = {
      kind: 'light' as const,
      shades: null,
      picture: { id: image, title: 'Coat' },
      shop: null,
    };
    expect(await getOfferOf(credit)).toEqual(expected);
    expect(await getOfferOf({ ...credit, picture: null })).toBeNull();
    must(await saveOffer(gallery.actor, { ...offer, inStock: false }));
    await vi.waitFor(async () => expect((await shown())?.offer?.inStock).toBe(false), { timeout: 5000 });
    must(await removeOffer(gallery.actor, image));
    await vi.waitFor(async () => expect((await shown())?.offer).toBeNull(), { timeout: 5000 });
    expect(await removeOffer(gallery.actor, image)).toMatchObject({ code: 'notFound' });
  });

  test('of a picture that visitors do not see is not shown beside results', async () => {
    const { gallery, image } = await shop();
    must(await saveOffer(gallery.actor, offerInput.parse({ id: image, ...typed })));
    await database().query('UPDATE images SET is_public = false WHERE id = $1', [image]);
    const picture = { id: image, title: null };
    expect(await getOfferOf({ kind: 'light', shades: null, picture, shop: null })).toBeNull();
  });

  test('is its vendor’s alone, and names a way to the shop that the profile has', async () => {
    const { gallery, image } = await shop();
    const other = await shop();
    const offer = offerInput.parse({ id: image, ...typed });
    expect(await saveOffer(other.gallery.actor, offer)).toMatchObject({ code: 'notFound' });
    must(await updateBusiness(gallery.actor, businessInput.parse({ ...business, telegram: '' })));
    expect(await saveOffer(gallery.actor, { ...offer, contact: 'telegram' })).toMatchObject({
      code: 'input.invalid',
      fields: { contact: 'vendorOffer.wrong.contact' },
    });
  });

  test('tells search engines its price in rials and whether there is any', async () => {
    const { gallery, image, shown } = await shop();
    must(await saveOffer(gallery.actor, { ...offerInput.parse({ id: image, ...typed }), inStock: false }));
    await vi.waitFor(async () => expect((await shown())?.offer).not.toBeNull(), { timeout: 5000 });
    const seen = await shown();
    if (!seen) throw new Error('not shown');
    expect(productObject(seen, 'x')).toMatchObject({
      '@type': 'Product',
      name: 'Coat',
      offers: { price: 12_500_000, priceCurrency: 'IRR', availability: 'https://schema.org/OutOfStock' },
    });
    must(await saveOffer(gallery.actor, offerInput.parse({ id: image, ...typed, price: '' })));
    await vi.waitFor(async () => expect((await shown())?.offer?.priceRials).toBeNull(), { timeout: 5000 });
    const asked = await shown();
    expect(asked && productObject(asked, 'x')).not.toHaveProperty('offers');
  });
});

test.each([
  ['whatsapp', 'https://wa.me/989121234567', 'https://wa.me/989121234567?text=a%20%26%20b'],
  ['telegram', 'https://t.me/shop_ir', 'https://t.me/shop_ir?text=a%20%26%20b'],
  ['bale', 'https://ble.ir/shop_ir', 'https://ble.ir/shop_ir'],
  ['instagram', 'https://instagram.com/shop.ir', 'https://ig.me/m/shop.ir'],
  ['phone', '+982188123456', 'tel:+982188123456'],
] as const)('a button for %s leads to %s as %s', (kind, to, address) => {
  expect(contactAddress({ kind, to }, 'a & b')).toBe(address);
});
