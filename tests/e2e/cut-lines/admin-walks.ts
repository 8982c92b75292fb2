import type { Page } from 'playwright/test';
import { button, say, seen, submitOf, submitOfDialog, type Walk } from './walk.ts';

/** An administrator who has no second factor yet; `person` and `shop` are pages of somebody's account. */
export type AdminWay = {
  readonly person: string;
  readonly shop: string;
  readonly codeOf: (secret: string) => string;
};

const reason = 'asked for by phone';

/** What is asked for in the dialog of an act. */
const act = (
  at: string,
  name: string,
  type: Record<string, string> = {},
  choose: Record<string, string> = {},
): Omit<Walk, 'action'> => ({
  at,
  open: async (page: Page) => {
    await button(`admin.acts.${name}.open`)(page).click();
    for (const [field, value] of Object.entries(choose)) {
      await page.getByRole('dialog').locator(`[name=${field}]`).selectOption(value);
    }
  },
  type: { ...type, reason },
  send: submitOfDialog,
  after: (page) => page.getByRole('dialog').waitFor({ state: 'detached' }),
});

/** Setting a second factor up. */
export function factorWalks(codeOf: AdminWay['codeOf']): readonly Walk[] {
  return [
    {
      action: 'auth.beginFactor',
      at: '/admin/factor',
      send: button('admin.factor.enrol.begin'),
      after: (page) => page.locator('[data-secret]').waitFor(),
    },
    {
      action: 'auth.confirmFactor',
      open: async (page) => {
        const secret = (await page.locator('[data-secret]').innerText()).replace(/\s/g, '');
        await page.locator('[name=code]').fill(codeOf(secret));
      },
      send: submitOf('code'),
      after: (page) => page.locator('[data-recovery]').first().waitFor(),
    },
  ];
}

/** Showing it, in another browser. */
export function proofWalks(code: () => string): readonly Walk[] {
  return [
    {
      action: 'auth.proveFactor',
      at: '/admin/users',
      open: (page) => page.locator('[name=code]').fill(code()),
      send: submitOf('code'),
      after: (page) => page.waitForURL(/\/admin\/users$/),
    },
  ];
}

/** Acts of every page of the console. What they begin begins in a year of its own, so that nobody sees anything of it. */
export function adminWalks({ person, shop }: Omit<AdminWay, 'codeOf'>): readonly Walk[] {
  const day = `2${String(Date.now() % 900).padStart(3, '1')}-03-21`;
  return [
    { action: 'admin.writeNote', ...act(person, 'note', { note: 'Quiet words' }) },
    { action: 'admin.grantQuota', ...act(person, 'grant', { amount: '3' }) },
    { action: 'admin.endAllSessions', ...act(person, 'endSessions') },
    { action: 'admin.suspend', ...act(person, 'suspend') },
    {
      action: 'admin.restore',
      ...act(person, 'restore'),
      after: (page) => page.getByText(say('admin.accounts.active'), { exact: true }).waitFor(),
    },
    { action: 'admin.askNumber', ...act(person, 'askNumber', { phone: '09120000999' }) },
    { action: 'admin.withdrawNumber', ...act(person, 'withdrawNumber') },
    { action: 'admin.verifyVendor', ...act(shop, 'verify') },
    { action: 'admin.updatePlan', ...act('/admin/plans', 'plan') },
    { action: 'admin.setPrice', ...act('/admin/plans', 'setPrice', { startsOn: day, priceToman: '9000' }) },
    { action: 'admin.dropPrice', ...act('/admin/plans', 'dropPrice') },
    {
      action: 'admin.createPlan',
      ...act(
        '/admin/plans',
        'createPlan',
        {
          name: `quiet_${Date.now().toString(36)}`,
          nameFa: 'آرام',
          nameEn: 'Quiet',
          priceToman: '9000',
          conversions: '3',
          images: '3',
        },
        { isActive: 'false' },
      ),
    },
    { action: 'admin.createCoupon', ...act('/admin/coupons', 'createCoupon', { value: '5' }) },
    { action: 'admin.retireCoupon', ...act('/admin/coupons', 'retireCoupon') },
    { action: 'admin.createBanner', ...act('/admin', 'createBanner', bannerOf(day)) },
    { action: 'admin.retireBanner', ...act('/admin', 'retireBanner') },
    {
      action: 'admin.previewCircular',
      at: '/admin/circulars',
      open: (page) => page.locator('[name=to]').selectOption('vendors'),
      type: { titleFa: 'آرام', titleEn: 'Quiet', textFa: 'خبری آرام', textEn: 'Quiet news', reason },
      send: submitOf('titleFa'),
      after: (page) => page.locator('[data-preview]').waitFor(),
    },
    {
      action: 'admin.createCircular',
      send: button('admin.circulars.send'),
      after: (page) => page.locator('[data-circular]').first().waitFor(),
    },
    { action: 'admin.publishText', ...act('/admin/legal', 'publishText', { startsOn: day }) },
    { action: 'admin.withdrawText', ...act('/admin/legal', 'withdrawText') },
    { action: 'admin.setTerms', ...act('/admin/books', 'terms', { startsOn: day, name: 'Quiet seller' }) },
    { action: 'admin.setGateway', ...act('/admin/books', 'setGateway') },
    { action: 'admin.reconcile', ...act('/admin/payments', 'reconcile') },
    {
      action: 'admin.importReport',
      at: '/admin/settlements',
      open: (page) =>
        page.locator('[name=file]').setInputFiles({
          name: 'quiet.csv',
          mimeType: 'text/csv',
          buffer: Buffer.from(`amount,ref\n50000,${Date.now()}\n`),
        }),
      type: { reason },
      send: submitOf('file'),
      after: (page) => page.getByText('quiet.csv').first().waitFor(),
    },
  ];
}

const bannerOf = (day: string) => ({
  fa: 'خبری آرام',
  en: 'Quiet news',
  startsAt: `${day} 10:00`,
  endsAt: `${day} 11:00`,
});

/** What somebody signed in is asked for when a text of the law is new. */
export const agreeWalk = (kind: 'User' | 'Vendor', at: string): Walk => ({
  action: `account.agreeAs${kind}`,
  at,
  send: button('account.legal.agree'),
  after: seen('account.legal.done'),
});
