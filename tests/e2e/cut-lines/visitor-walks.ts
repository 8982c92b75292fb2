import type { Page } from 'playwright/test';
import type { Cut } from '../support/cutting-line.ts';
import { ageCode } from './made-rows.ts';
import { button, press, say, seen, submitOf, type Walk } from './walk.ts';

export type Visitor = {
  readonly phone: string;
  readonly password: string;
  readonly codeOf: (page: Page, phone: string) => Promise<string>;
  /** What a device of the account shows that is signed in. */
  readonly shownCode: (area: string) => Promise<string>;
};

const age = (phone: string) => async (page: Page) => {
  await ageCode(phone);
  await page.reload();
};

/** More time for a code that lapses, on the page that waits for it. */
const longer = (phone: string): Walk => ({
  action: 'auth.extendCodes',
  open: age(phone),
  send: button('auth.life.button'),
  after: seen('auth.life.longer'),
});
/** Another one, there. */
const another = (phone: string): Omit<Walk, 'action'> => ({
  open: age(phone),
  send: button('auth.resend.button'),
  after: seen('auth.resend.sent'),
});

/** Types the code that came, which sends it; the second time it is there already. */
const sendCode = (codeOf: (page: Page) => Promise<string>) => async (page: Page) => {
  const field = page.locator('[name=code]');
  if (await field.inputValue()) return submitOf('code')(page).click();
  await field.fill(await codeOf(page));
};

/** Signing out is pressed once: the session ends with the next contact, which the page makes by itself. */
const leaving = (kind: 'User' | 'Vendor', only: Cut): Walk => {
  const [menu, signOut] =
    kind === 'User' ? ['shell.account', 'shell.signOut'] : ['vendorShell.menu', 'vendorShell.signOut'];
  return {
    action: `auth.signOut${kind}`,
    at: kind === 'User' ? '/account' : '/vendor',
    open: press(button(menu)),
    send: button(signOut),
    only,
    found: (page) => page.waitForURL(/\/login(\?|$)/),
  };
};

/** What is asked for before anybody is signed in, and at the end; each list by a browser of its own. */
export function visitorWalks(kind: 'User' | 'Vendor', way: Visitor): readonly (readonly Walk[])[] {
  const area = kind === 'User' ? '' : '/vendor';
  const inside = kind === 'User' ? /\/studio(\?|$)/ : /\/vendor$/;
  const { phone, password } = way;
  const newPassword = `${password} again`;
  const business: Record<string, string> = kind === 'User' ? {} : { businessName: 'House of quiet' };
  return [
    [
      {
        action: `auth.signUp${kind}`,
        at: `${area}/signup`,
        type: { ...business, phone, password },
        send: submitOf('password'),
        after: (page) => page.locator('[name=code]').waitFor(),
      },
      longer(phone),
      { action: `auth.resend${kind}SignUpCode`, ...another(phone) },
      {
        action: `auth.verify${kind}`,
        send: submitOf('code'),
        how: sendCode((page) => way.codeOf(page, phone)),
        after: (page) => page.waitForURL(inside, { timeout: 20_000 }),
      },
    ],
    [
      {
        action: `auth.signIn${kind}`,
        at: `${area}/login`,
        type: { phone, password },
        send: submitOf('password'),
        after: (page) => page.waitForURL(inside, { timeout: 20_000 }),
      },
      leaving(kind, 'cut before'),
    ],
    [
      {
        action: `auth.ask${kind}DeviceCode`,
        at: `${area}/login/code`,
        type: { phone },
        send: submitOf('phone'),
        after: (page) => page.locator('[name=code]').waitFor(),
      },
      { action: `auth.resend${kind}DeviceCode`, ...another(phone) },
      {
        action: `auth.signIn${kind}WithCode`,
        send: submitOf('code'),
        how: sendCode(() => way.shownCode(area)),
        after: (page) => page.waitForURL(inside, { timeout: 20_000 }),
      },
      leaving(kind, 'cut after'),
    ],
    [
      {
        action: `auth.forgot${kind}Password`,
        at: `${area}/forgot-password`,
        type: { phone },
        send: submitOf('phone'),
        after: (page) => page.waitForURL(/\/reset-password/, { timeout: 20_000 }),
      },
      { action: `auth.resend${kind}ResetCode`, ...another(phone) },
      {
        action: `auth.reset${kind}Password`,
        open: async (page) => {
          // The last digit sends a form that is whole: the password comes after it.
          await page.locator('[name=code]').fill(await way.codeOf(page, phone));
          await page.locator('[name=newPassword]').fill(newPassword);
        },
        send: submitOf('newPassword'),
        after: (page) => page.waitForURL(inside, { timeout: 20_000 }),
      },
    ],
  ];
}

/** What a visitor asks for of what others show: a link with a password, a picture and a shop of a gallery. */
export function guestWalks(link: string, password: string, gallery: string): readonly Walk[] {
  const reported = (page: Page) => page.getByText(say('report.done')).first().waitFor();
  const because = async (page: Page) => {
    await page.getByRole('dialog').last().locator('[name=reason]').first().check();
    await page.getByRole('dialog').last().locator('[name=note]').fill('Quiet words');
  };
  return [
    {
      action: 'sharing.unlockLink',
      at: link,
      type: { password },
      send: submitOf('password'),
      after: (page) => page.locator('main figure img').waitFor(),
    },
    {
      action: 'gallery.reportVendor',
      at: gallery,
      open: async (page) => {
        await press(button('report.shop.action'))(page);
        await because(page);
      },
      send: submitOf('note'),
      after: reported,
    },
    {
      action: 'gallery.reportImage',
      at: gallery,
      open: async (page) => {
        await page.locator('main a[id^=image-]').first().click();
        await press(button('report.action', 'dialog'))(page);
        await because(page);
      },
      send: submitOf('note'),
      after: reported,
    },
  ];
}

/** What somebody asks for behind the link of an album at which one may choose. */
export function pickWalks(link: string): readonly Walk[] {
  const comments = async (page: Page) => {
    await page.locator('main a[id^=image-]').first().click();
    await page.getByRole('dialog').locator('button:has(.lucide-message-square-text)').click();
  };
  return [
    {
      action: 'sharing.pickImage',
      at: link,
      send: (page) => page.locator('main button[aria-pressed]').first(),
      after: (page) => page.locator('main button[aria-pressed=true]').first().waitFor(),
    },
    {
      action: 'sharing.commentOnImage',
      at: link,
      open: comments,
      type: { words: 'Quiet words', name: 'Somebody' },
      send: submitOf('words'),
      after: seen('picks.saidDone'),
    },
    {
      action: 'sharing.removeComment',
      at: link,
      open: comments,
      send: button('picks.remove', 'dialog'),
      after: (page) => button('picks.remove', 'dialog')(page).waitFor({ state: 'detached' }),
    },
    {
      action: 'sharing.sendPicks',
      at: link,
      send: button('picks.send'),
      after: (page) => button('picks.sendAgain')(page).waitFor(),
    },
  ];
}
