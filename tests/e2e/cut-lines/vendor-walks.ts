import { card, choose, inBar, inTrash, trashOne } from './gallery-page.ts';
import { button, say, seen, submitOf, type Walk } from './walk.ts';

/** What a vendor asks for at the desk; `handle` is the address that the gallery gets. It has five private pictures. */
export function vendorWalks(handle: string): readonly Walk[] {
  const images = '/vendor/images';
  return [
    {
      action: 'gallery.updateBusiness',
      at: '/vendor/profile',
      type: { bio: 'Quiet words', city: 'Tehran' },
      send: submitOf('bio'),
      after: (page) => page.getByText(say('account.profile.saved')).first().waitFor(),
    },
    {
      action: 'gallery.changeHandle',
      at: '/vendor/profile',
      type: { handle },
      send: submitOf('handle'),
      after: (page) => page.getByText(say('vendorProfile.handle.saved')).first().waitFor(),
    },
    {
      action: 'gallery.describeImages',
      at: images,
      open: async (page) => {
        await choose(page);
        await inBar('library.gallery.alt.action')(page).click();
        await page.getByRole('dialog').locator('[name^=altText]').first().fill('A quiet picture');
      },
      send: button('library.gallery.alt.save', 'dialog'),
      // What was kept unheard is no change any more.
      found: (page) => page.getByRole('dialog').locator('button:disabled').first().waitFor(),
    },
    {
      action: 'gallery.setImagesLook',
      at: images,
      open: async (page) => {
        await choose(page);
        await inBar('vendorLooks.many')(page).click();
      },
      send: button('vendorLooks.save', 'dialog'),
      after: (page) => page.getByRole('dialog').waitFor({ state: 'detached' }),
    },
    {
      action: 'gallery.tagImages',
      at: images,
      open: async (page) => {
        await choose(page);
        await inBar('library.gallery.tag')(page).click();
        await page.getByRole('dialog').locator('[name=tags]').fill('quiet,');
      },
      send: button('library.gallery.tags.save', 'dialog'),
    },
    {
      action: 'gallery.editImage',
      at: images,
      open: (page) => card(page).getByRole('button').first().click(),
      type: { title: 'Quiet title' },
      send: button('library.gallery.edit.save', 'dialog'),
      after: (page) => page.getByText('Quiet title').first().waitFor(),
    },
    {
      action: 'gallery.saveOffer',
      at: images,
      open: async (page) => {
        await card(page).getByRole('button').first().click();
        await page.getByRole('dialog').locator('[name=offered]').check();
      },
      type: { price: '1000' },
      // Three actions with one press: those before it are asked for again, too.
      moves: true,
      send: button('library.gallery.edit.save', 'dialog'),
    },
    {
      action: 'gallery.removeOffer',
      at: images,
      open: async (page) => {
        await card(page).getByRole('button').first().click();
        await page.getByRole('dialog').locator('[name=offered]').uncheck();
      },
      moves: true,
      send: button('library.gallery.edit.save', 'dialog'),
      after: (page) => page.getByRole('dialog').waitFor({ state: 'detached' }),
    },
    {
      action: 'gallery.publishImages',
      at: images,
      open: (page) => choose(page),
      send: inBar('library.gallery.publish'),
      found: (page) =>
        card(page).getByText(say('library.gallery.private'), { exact: true }).waitFor({ state: 'detached' }),
    },
    {
      action: 'gallery.unpublishImages',
      at: images,
      open: (page) => choose(page),
      send: inBar('library.gallery.unpublish'),
      found: (page) => card(page).getByText(say('library.gallery.private'), { exact: true }).waitFor(),
    },
    {
      action: 'gallery.trashImages',
      at: images,
      open: (page) => choose(page),
      send: inBar('library.gallery.trash'),
      found: (page) => card(page, 4).waitFor({ state: 'detached' }),
    },
    {
      action: 'gallery.restoreImages',
      at: `${images}?show=trash`,
      open: (page) => choose(page, inTrash(page)),
      send: inBar('library.gallery.bin.restore'),
      found: (page) => page.getByText(say('library.gallery.bin.none')).waitFor(),
    },
    {
      action: 'gallery.setBrandColour',
      at: '/vendor/outside',
      type: { colour: '#21409a' },
      send: submitOf('colour'),
      after: seen('outside.brand.saved'),
    },
    {
      action: 'gallery.setEmbedHosts',
      at: '/vendor/outside',
      type: { hosts: 'shop.example.ir' },
      send: submitOf('hosts'),
      after: (page) => page.getByText(say('outside.sites.saved')).first().waitFor(),
    },
    {
      action: 'gallery.purgeImages',
      open: async (page) => {
        await trashOne(page);
        await choose(page, inTrash(page));
        await inBar('library.gallery.bin.purge')(page).click();
      },
      send: button('library.delete.confirm', 'dialog'),
      found: seen('library.gallery.bin.none'),
    },
    {
      action: 'gallery.emptyTrash',
      open: async (page) => {
        await trashOne(page);
        await button('library.gallery.bin.empty')(page).click();
      },
      send: button('library.delete.confirm', 'dialog'),
      found: seen('library.gallery.bin.none'),
    },
  ];
}
