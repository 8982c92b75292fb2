import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '#scripts/steps/root.ts';
import { sourceFiles } from './imports.ts';

/** Which feature owns which table: its stores, and the SQL functions they call, are the only ones that write it. */
const owners: Readonly<Record<string, readonly string[]>> = {
  db: ['transaction_marks', '_prisma_migrations'],
  audit: ['audit_logs', 'audit_origins'],
  'rate-limit': ['rate_limits', 'daily_spending', 'spending_parts', 'engine_spendings'],
  notifications: [
    'notifications',
    'notice_mutes',
    'quota_notices',
    'outbox_messages',
    'message_tries',
    'site_banners',
    'circulars',
    'sms_circuits',
  ],
  auth: [
    'users',
    'vendors',
    'sessions',
    'api_tokens',
    'api_answers',
    'otps',
    'admin_grants',
    'admin_factors',
    'admin_recovery_codes',
    'quota_grants',
    'phone_tombstones',
    'number_changes',
    'account_notes',
    'old_numbers_to_tell',
    'wishes',
  ],
  files: [
    'images',
    'stored_files',
    'uploads',
    'agreements',
    'moderation_cases',
    'file_orphans',
    'file_store_marks',
  ],
  gallery: [
    'albums',
    'album_images',
    'trashed_places',
    'vendor_handles',
    'image_reports',
    'image_tries',
    'gallery_visits',
    'gallery_days',
    'gallery_seen',
    'visit_salts',
    'offers',
    'vendor_embeds',
    'vendor_brands',
  ],
  conversions: ['user_conversions'],
  payments: [
    'payment_plans',
    'payments',
    'payment_refunds',
    'payment_concerns',
    'plan_texts',
    'plan_prices',
    'coupons',
    'coupon_batches',
    'coupon_uses',
    'book_terms',
    'buyer_details',
    'invoices',
    'invoice_numbers',
    'settlement_reports',
    'settlement_lines',
    'subscription_periods',
    'stray_authorities',
    'gateway_circuits',
    'gateway_terms',
    'plan_reminders',
    'zarinpal_emulator',
  ],
  sharing: ['share_links', 'album_links', 'album_link_days', 'album_picks', 'album_comments', 'leads'],
  account: ['legal_consents'],
  admin: ['legal_texts'],
  webhooks: ['webhook_endpoints', 'webhook_messages'],
  bot: ['bot_chats', 'bot_updates', 'bot_orders', 'bot_pollers'],
  operations: [
    'conversion_hours',
    'conversion_times',
    'daily_figures',
    'engine_figures',
    'style_figures',
    'system_snapshots',
  ],
};

/** Columns of a table that belong to another feature than the row, and rows that an administrator decides on. */
const shared: Readonly<Record<string, string>> = {
  'account users': 'the profile, and the end of an account',
  'files users': 'the picture of an account',
  'files vendors': 'the picture of an account',
  'gallery vendors': 'the business and its handle',
  'payments users': 'whether reminders of the end of a month are wanted',
  'payments vendors': 'whether reminders of the end of a month are wanted',
  'gallery images': 'title, tags and the trash of a vendor’s image',
  'admin vendors': 'whether a business is verified',
  'admin admin_grants': 'who administers',
  'admin quota_grants': 'a present of an administrator',
  'admin image_reports': 'the decision on a report',
  'admin images': 'an image hidden by the decision on a report',
  'admin payment_plans': 'what plans cost and hold',
  'admin plan_texts': 'what plans are called',
  'admin plan_prices': 'what plans cost from a day to come',
  'admin site_banners': 'what administrators say to everybody',
  'admin circulars': 'what administrators tell one, a group or all',
  'admin coupon_batches': 'gift codes are made in numbers by administrators',
  'admin gateway_terms': 'which gateway takes which payments',
  'admin book_terms': 'who sells and with what VAT is set by administrators',
  'admin settlement_reports': 'reports of the gateway are imported by administrators',
  'admin settlement_lines': 'reports of the gateway are imported by administrators',
  'admin payments': 'a fee that the gateway said in its report',
  'admin account_notes': 'what administrators write down about an account',
  'admin number_changes': 'the number of an owner who lost theirs',
  'admin coupons': 'codes are made and retired by administrators',
};

const tableOf = new Map(
  [
    ...readFileSync(join(root, 'prisma/schema.prisma'), 'utf8').matchAll(
      /^model (\w+) \{[\s\S]*?@@map\("(\w+)"\)/gm,
    ),
  ].map(([, model = '', table = '']) => [model.charAt(0).toLowerCase() + model.slice(1), table]),
);

const rawWrite = /\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_]{3,})\b/g;
const clientWrite = /\b(?:tx|db\(\))\s*\.(\w+)\s*\.(?:create|update|delete|upsert)\w*\(/g;

/** Every pair of a feature and a table that it writes, with the file. */
function writes(): { feature: string; table: string; path: string }[] {
  return sourceFiles('lib').flatMap(({ path, text }) => {
    const feature = path.split('/')[1] ?? '';
    const tables = [
      ...[...text.matchAll(rawWrite)].map((match) => match[1] ?? ''),
      ...[...text.matchAll(clientWrite)].map((match) => tableOf.get(match[1] ?? '') ?? match[1] ?? ''),
    ];
    return [...new Set(tables)]
      .filter((table) => table !== 'pgboss')
      .map((table) => ({ feature, table, path }));
  });
}

describe('tables', () => {
  const ownerOf = new Map(
    Object.entries(owners).flatMap(([feature, tables]) => tables.map((table) => [table, feature] as const)),
  );

  it('have one owner each', () => {
    expect(ownerOf.size).toBe(Object.values(owners).flat().length);
    expect([...tableOf.values()].filter((table) => !ownerOf.has(table))).toEqual([]);
  });

  it('are written by the stores of their owner, or by one that is named with its reason', () => {
    const found = writes();
    expect(found.length).toBeGreaterThan(40);
    const foreign = found.filter(({ feature, table }) => ownerOf.get(table) !== feature);
    expect(
      foreign
        .filter(({ feature, table }) => !shared[`${feature} ${table}`])
        .map(({ table, path }) => `${path} writes ${table}`),
    ).toEqual([]);
    const used = new Set(foreign.map(({ feature, table }) => `${feature} ${table}`));
    expect(Object.keys(shared).filter((pair) => !used.has(pair))).toEqual([]);
  });
});
