import { newPictures } from '../support/vendor.ts';
import { card, choose, inBar, inMenu, item, list } from './gallery-page.ts';
import { button, confirm, press, say, seen, submitOf, submitOfDialog, type Walk } from './walk.ts';

/** Where these begin: with an album that has four private pictures, and a second one by its name. */
export type AlbumWay = { readonly album: string; readonly other: string };

/** What a vendor asks for of albums and their links. */
export function albumWalks({ album, other }: AlbumWay): readonly Walk[] {
  const images = '/vendor/images';
  return [
    {
      action: 'gallery.createAlbum',
      at: '/vendor/albums',
      type: { title: 'Quiet album' },
      send: submitOf('title'),
      after: (page) => page.waitForURL(/\/vendor\/albums\/[0-9a-f-]{36}$/),
    },
    {
      action: 'gallery.updateAlbum',
      at: album,
      open: press(button('albums.settings')),
      type: { title: 'Spring', description: 'Quiet words' },
      send: submitOfDialog,
      after: (page) => page.getByText(say('albums.saved')).first().waitFor(),
    },
    {
      action: 'gallery.publishAlbum',
      at: album,
      send: button('albums.publish'),
      found: (page) => button('albums.hide')(page).waitFor(),
    },
    {
      action: 'gallery.moveAlbum',
      at: '/vendor/albums',
      send: (page) => page.locator('main [aria-haspopup=menu]').first(),
      how: async (page) => {
        await page.getByRole('menu').waitFor({ state: 'detached' });
        await page.locator('main [aria-haspopup=menu]').first().click();
        await page.getByRole('menuitem', { name: say('albums.order.later') }).click();
      },
      moves: true,
    },
    {
      action: 'gallery.chooseCover',
      at: album,
      send: item,
      how: inMenu('albums.chooseCover'),
      found: (page) => card(page).getByText(say('albums.cover'), { exact: true }).waitFor(),
    },
    {
      action: 'gallery.orderImages',
      at: album,
      send: item,
      how: async (page) => {
        // Where nothing was done, the page shows it by itself.
        await card(page).getByText(say('albums.cover'), { exact: true }).waitFor();
        await inMenu('albums.order.last')(page);
      },
      // The first one, which is the cover, goes to the end.
      found: (page) =>
        list(page).getByRole('listitem').last().getByText(say('albums.cover'), { exact: true }).waitFor(),
    },
    {
      action: 'gallery.takeFromAlbum',
      at: album,
      open: (page) => choose(page),
      send: inBar('albums.takeOut'),
      found: (page) => card(page, 3).waitFor({ state: 'detached' }),
    },
    {
      action: 'gallery.transferImages',
      at: album,
      open: async (page) => {
        await choose(page);
        await inBar('albums.move')(page).click();
      },
      send: (page) => page.getByRole('dialog').getByRole('button', { name: other }).first(),
      reopens: true,
      found: (page) => card(page, 2).waitFor({ state: 'detached' }),
    },
    {
      action: 'gallery.fillAlbum',
      at: images,
      open: async (page) => {
        await choose(page);
        await inBar('library.gallery.file')(page).click();
      },
      reopens: true,
      send: (page) => page.getByRole('dialog').getByRole('button', { name: other }).first(),
    },
    {
      action: 'sharing.createAlbumLink',
      at: album,
      open: async (page) => {
        await button('albumLinks.new')(page).click();
        await page.getByRole('dialog').locator('[name=hasPicks]').check();
      },
      type: { name: 'Quiet link' },
      send: submitOfDialog,
      after: (page) => page.getByText('Quiet link').first().waitFor(),
    },
    {
      action: 'sharing.updateAlbumLink',
      at: album,
      open: (page) =>
        page
          .getByRole('button', { name: /Quiet link/ })
          .first()
          .click(),
      type: { name: 'Quieter link' },
      send: submitOfDialog,
      after: (page) => page.getByText('Quieter link').first().waitFor(),
    },
  ];
}

/** How a link of an album ends, and then the album. */
export function albumEnds({ album }: AlbumWay): readonly Walk[] {
  return [
    {
      action: 'gallery.dropSentFiles',
      at: album,
      open: async (page) => {
        await button('albums.settings')(page).click();
        await page.getByRole('dialog').locator('[name=keepsSent]').check();
        await submitOfDialog(page).click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await button('albums.bring')(page).click();
        await page.locator('[name=file]').setInputFiles(await newPictures(1));
        await button('albums.originals.drop')(page).click();
      },
      send: confirm,
      after: seen('albums.originals.dropped'),
    },
    {
      action: 'sharing.revokeAlbumLink',
      at: album,
      open: (page) =>
        page
          .getByRole('button', { name: new RegExp(`^${say('sharing.revoke.label').split('{')[0]}`) })
          .first()
          .click(),
      send: confirm,
      after: (page) => page.getByText(say('sharing.revoke.done')).first().waitFor(),
    },
    {
      action: 'gallery.deleteAlbum',
      at: album,
      open: press(button('albums.delete.action')),
      send: confirm,
      after: (page) => page.waitForURL(/\/vendor\/albums$/),
    },
  ];
}
