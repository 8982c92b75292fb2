import type { Page } from 'playwright/test';
import { linkChat } from './made-rows.ts';
import { button, confirm, press, say, seen, submitOf, submitOfDialog, type Walk } from './walk.ts';

/** Where the walks of a user begin: with one result made, another conversion that failed, and one that waits. */
export type UserWay = Readonly<Record<'phone' | 'result' | 'failed' | 'waiting', string>>;

const linkTab = (page: Page) => page.getByRole('tab', { name: say('sharing.tabs.link') });
const openLinks = press(button('sharing.open'), linkTab);
const library = (page: Page) => page.getByRole('region', { name: say('library.title') });
const openPhoto = async (page: Page) => {
  await library(page).getByRole('button').nth(1).click();
};

/** What a user asks for in the studio, of results and of photos. */
export function userWalks(way: UserWay): readonly Walk[] {
  return [
    {
      action: 'account.updateUserProfile',
      at: '/account',
      type: { name: 'Quiet person', bio: 'Quiet words' },
      send: submitOf('bio'),
      after: (page) => page.getByText(say('account.profile.saved')).first().waitFor(),
    },
    {
      action: 'bot.unlinkUserChat',
      open: async (page) => {
        await linkChat(way.phone);
        await page.goto('/en/account');
        await button('account.messengers.unlinkThis')(page).click();
      },
      send: confirm,
      after: seen('account.messengers.unlinked'),
    },
    {
      action: 'conversions.renameConversion',
      at: way.result,
      open: press(button('conversions.rename.action')),
      type: { title: 'Quiet words' },
      send: submitOfDialog,
      after: (page) => page.getByText('Quiet words').first().waitFor(),
    },
    {
      action: 'conversions.setFavourite',
      at: way.result,
      send: button('conversions.favourite.add'),
      found: (page) => button('conversions.favourite.remove')(page).waitFor(),
    },
    {
      action: 'sharing.createResultLink',
      at: way.result,
      open: openLinks,
      type: { password: 'a quiet lantern' },
      send: button('sharing.create', 'dialog'),
    },
    {
      action: 'sharing.revokeResultLink',
      at: way.result,
      open: press(button('sharing.open'), linkTab, (page) =>
        page
          .getByRole('button', { name: new RegExp(`^${say('sharing.revoke.label').split('{')[0]}`) })
          .first(),
      ),
      send: confirm,
      after: (page) => page.getByText(say('sharing.revoke.done')).first().waitFor(),
    },
    {
      action: 'conversions.requestConversions',
      at: '/studio',
      open: async (page) => {
        await library(page).getByRole('button').first().click();
        await page.locator('[name=style][value=duotone]').check();
      },
      send: button('studio.convert'),
      after: (page) => page.waitForURL(/\/conversions\/[0-9a-f-]{36}$/),
    },
    {
      action: 'conversions.retryConversion',
      at: way.failed,
      send: button('conversions.retry'),
      after: (page) => page.waitForURL((url) => !url.pathname.endsWith(way.failed)),
    },
    {
      action: 'conversions.cancelConversion',
      at: way.waiting,
      send: button('conversions.cancel'),
      found: (page) => button('conversions.cancel')(page).waitFor({ state: 'detached' }),
    },
    {
      action: 'conversions.deleteConversion',
      at: way.result,
      open: press(button('conversions.delete.action')),
      send: confirm,
      after: (page) => page.waitForURL(/\/conversions$/),
    },
    {
      action: 'files.setPhotoLife',
      at: '/studio',
      open: openPhoto,
      send: (page) => page.getByRole('dialog').getByRole('radio', { name: say('library.life.day') }),
      after: (page) => page.getByText(say('library.life.saved')).first().waitFor(),
    },
    {
      action: 'files.listMorePhotos',
      at: '/studio',
      send: button('library.older'),
      after: (page) => button('library.older')(page).waitFor({ state: 'detached' }),
    },
    {
      action: 'files.deletePhoto',
      at: '/studio',
      open: async (page) => {
        await openPhoto(page);
        await button('library.delete.action', 'dialog')(page).click();
      },
      // The photo goes from the list when the page is read anew, which a failure brings about.
      found: (page) => page.getByRole('dialog').waitFor({ state: 'detached' }),
      send: button('library.delete.confirm', 'dialog'),
    },
  ];
}

/** A result goes to the shop whose look it is, and comes back. */
export function leadWalks(result: string): Readonly<Record<'send' | 'withdraw' | 'answer', readonly Walk[]>> {
  return {
    send: [
      {
        action: 'sharing.sendLead',
        at: result,
        open: press(button('leads.send.open')),
        type: { words: 'Quiet words' },
        send: submitOf('words'),
        after: (page) => button('leads.sent.withdraw.action')(page).waitFor(),
      },
    ],
    answer: [
      {
        action: 'sharing.answerLead',
        at: '/vendor/received',
        type: { answer: 'Quiet answer' },
        send: submitOf('answer'),
        after: seen('leads.answer.done'),
      },
      {
        action: 'sharing.putLeadAway',
        at: '/vendor/received',
        send: button('leads.away.put'),
        after: seen('leads.away.putDone'),
      },
    ],
    withdraw: [
      {
        action: 'sharing.withdrawLead',
        at: result,
        open: press(button('leads.sent.withdraw.action')),
        send: confirm,
        after: seen('leads.sent.withdraw.done'),
      },
    ],
  };
}
