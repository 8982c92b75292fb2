import type { Page } from 'playwright/test';
import { goToBank } from '../support/billing.ts';
import { samplePhoto } from '../support/studio.ts';
import { giveUpMessage, turnOffWebhook } from './made-rows.ts';
import { button, confirm, press, say, seen, submitOf, type Walk } from './walk.ts';

export type Way = {
  readonly password: string;
  readonly newPhone: string;
  /** The newest code that was sent to a number. */
  readonly codeOf: (page: Page, phone: string) => Promise<string>;
  readonly phone: string;
  /** Asks for a code in another browser, to sign in there. */
  readonly askElsewhere: (area: string) => Promise<void>;
  /** A gift code and one that takes the whole price off. */
  readonly gift: string;
  readonly wholeOff: string;
};

/** Opens what is folded up around a field. */
const unfold = (field: string) => async (page: Page) => {
  const folded = page.locator('details', { has: page.locator(`[name=${field}]`) });
  await folded.waitFor();
  if (!(await folded.evaluate((details) => (details as HTMLDetailsElement).open))) {
    await folded.locator('summary').click();
  }
};

/** What programs may do for an account, and what they are told. */
function programWalks(kind: 'User' | 'Vendor', account: string, way: Way): readonly Walk[] {
  return [
    {
      action: `account.create${kind}Token`,
      at: account,
      open: async (page) => {
        await button('account.tokens.new')(page).click();
        await page.locator('[name=scopes]').first().check();
      },
      type: { name: 'Quiet program', password: way.password },
      send: submitOf('scopes'),
      after: seen('account.tokens.shown'),
    },
    {
      action: `account.revoke${kind}Token`,
      at: account,
      open: press((page) =>
        page.getByRole('button', {
          name: say('account.tokens.revokeThis').replace('{name}', 'Quiet program'),
        }),
      ),
      send: confirm,
      after: seen('account.tokens.revoked'),
    },
    {
      action: `webhooks.create${kind}Webhook`,
      at: account,
      open: async (page) => {
        await button('webhooks.new')(page).click();
        await page.locator('[name=events]').first().check();
      },
      // Of the open network, and nobody's.
      type: { url: 'https://[2e00::1]/told' },
      send: submitOf('url'),
      after: seen('webhooks.secret'),
    },
    {
      action: `webhooks.rotate${kind}Webhook`,
      at: account,
      open: press(button('webhooks.rotate')),
      send: confirm,
      after: seen('webhooks.secret'),
    },
    {
      action: `webhooks.ping${kind}Webhook`,
      at: account,
      send: button('webhooks.ping'),
      after: seen('webhooks.pinged'),
    },
    {
      action: `webhooks.enable${kind}Webhook`,
      open: async (page) => {
        await turnOffWebhook(kind, way.phone);
        await page.goto(`/en${account}`);
      },
      send: button('webhooks.enable'),
      after: seen('webhooks.enabled'),
    },
    {
      action: `webhooks.repeat${kind}Message`,
      open: async (page) => {
        await giveUpMessage(kind, way.phone);
        await page.goto(`/en${account}`);
        await page.locator('#webhooks details summary').click();
      },
      send: button('webhooks.repeat'),
      after: seen('webhooks.repeated'),
    },
    {
      action: `webhooks.remove${kind}Webhook`,
      at: account,
      open: press(button('webhooks.remove')),
      send: confirm,
      after: seen('webhooks.removed'),
    },
  ];
}

/** What is asked for on the pages of an account of either kind. */
export function accountWalks(kind: 'User' | 'Vendor', way: Way): readonly Walk[] {
  const area = kind === 'User' ? '' : '/vendor';
  const account = area ? '/vendor/profile' : '/account';
  const { password } = way;
  const changed = `${password} too`;
  return [
    {
      action: `account.change${kind}Avatar`,
      at: account,
      send: (page) => page.locator('[name=file]'),
      // Chosen once, then sent again.
      how: async (page) => {
        const again = button('account.avatar.again')(page);
        if (await again.count()) await again.click();
        else await page.locator('[name=file]').setInputFiles(samplePhoto);
      },
      after: (page) => button('account.avatar.remove')(page).waitFor(),
    },
    { action: `account.remove${kind}Avatar`, at: account, send: button('account.avatar.remove') },
    {
      action: `account.set${kind}Notices`,
      at: account,
      send: (page) => page.getByRole('switch').first(),
    },
    ...programWalks(kind, account, way),
    {
      action: `account.refuse${kind}Codes`,
      open: async (page) => {
        await way.askElsewhere(area);
        await page.goto(`/en${area}/notices`);
      },
      send: button('notices.code.refuse'),
      after: seen('notices.code.refused'),
    },
    {
      action: `account.revoke${kind}Session`,
      at: account,
      open: press(button('account.devices.revokeThis')),
      send: confirm,
      after: (page) => page.getByText(say('account.devices.revoked')).first().waitFor(),
    },
    {
      action: `account.revokeOther${kind}Sessions`,
      at: account,
      open: press(button('account.devices.revokeOthers')),
      send: confirm,
    },
    {
      action: `account.change${kind}Password`,
      at: account,
      type: { password, newPassword: changed },
      send: submitOf('newPassword'),
      after: (page) => page.getByText(say('account.password.changed')).first().waitFor(),
    },
    {
      action: `account.request${kind}PhoneChange`,
      at: account,
      open: press(button('account.phone.open')),
      type: { phone: way.newPhone, password: changed },
      send: submitOf('phone'),
      after: (page) => page.locator('[name=oldCode]').waitFor(),
    },
    {
      // The second codes are the newest: they are typed next.
      action: `account.resend${kind}PhoneCodes`,
      open: async (page) => {
        await way.codeOf(page, way.newPhone);
        await button('auth.resend.button')(page).waitFor({ timeout: 75_000 });
      },
      send: button('auth.resend.button'),
      after: seen('auth.resend.sent'),
    },
    {
      action: `account.change${kind}Phone`,
      open: async (page) => {
        const codes = [await way.codeOf(page, way.phone), await way.codeOf(page, way.newPhone)];
        for (const [index, name] of ['oldCode', 'code'].entries()) {
          await page.locator(`[name=${name}]`).fill(codes[index] ?? '');
        }
      },
      send: submitOf('oldCode'),
      after: seen('account.phone.changed'),
    },
    { action: `notifications.read${kind}Notices`, at: `${area}/notices`, send: button('notices.readAll') },
    {
      action: `payments.set${kind}Buyer`,
      at: `${area}/billing`,
      open: unfold('nationalCode'),
      type: { name: 'A quiet buyer', nationalCode: '0013542419' },
      send: submitOf('nationalCode'),
    },
    {
      action: `payments.redeem${kind}Gift`,
      at: `${area}/billing`,
      type: { code: way.gift },
      send: submitOf('code'),
    },
    {
      action: `payments.check${kind}Payment`,
      open: async (page) => {
        await goToBank(page, 'en', area, area ? 'vendor_pro' : 'basic');
        await page.goto(`/en${area}/billing`);
        await page.locator('[data-payment=waiting]').first().click();
      },
      lost: 'billing.payment.offline',
      send: button('billing.payment.ask'),
      after: async (page) => {
        await seen('billing.payment.stillUnknown')(page);
        // An account with an open payment is not deleted.
        await page.getByRole('link', { name: say('billing.payment.goOn') }).click();
        await page.locator('[data-pay=NOK]').click();
        await page.waitForURL(/\/billing\/payments\//);
      },
    },
    {
      action: `payments.start${kind}Payment`,
      at: `${area}/billing/review/${area ? 'vendor_pro' : 'basic'}?code=${way.wholeOff}`,
      lost: 'billing.review.offline',
      send: (page) => page.locator('main form').last().locator('[type=submit]'),
      after: (page) => page.waitForURL(/\/billing\/payments\//),
    },
    {
      action: `payments.set${kind}Reminders`,
      at: `${area}/billing`,
      send: (page) => page.locator('[name=reminders]'),
    },
    {
      action: `account.delete${kind}Account`,
      at: account,
      open: press(button('account.delete.open')),
      type: { password: changed, confirm: 'delete' },
      send: submitOf('confirm'),
      after: (page) => page.waitForURL(/\/en$/),
    },
  ];
}
