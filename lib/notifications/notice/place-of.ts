import type { AccountKind } from '#lib/core/actor.ts';
import type { NoticeKind } from './kinds.ts';

type Told = { readonly kind: NoticeKind; readonly data: Readonly<Record<string, string>> };

/** The pages of each kind of account that notices lead to, without the locale. */
const pages = {
  user: { account: '/account', billing: '/billing', pictures: '/conversions' },
  vendor: { account: '/vendor/profile', billing: '/vendor/billing', pictures: '/vendor/images' },
} as const;

/** Where what a notice tells of can be seen, or done something about; null where it says all there is. */
export function placeOf({ kind, data }: Told, account: AccountKind): string | null {
  const { account: own, billing, pictures } = pages[account];
  switch (kind) {
    case 'session.newDevice':
    case 'session.reuse':
    case 'password.change':
    case 'password.reset':
    case 'phone.change':
    case 'phone.ask':
    case 'messenger.link':
    case 'webhook.off':
    case 'avatar.remove':
    case 'account.restore':
      return own;
    case 'payment.complete':
    case 'payment.refund':
    case 'payment.part':
      return data.payment ? `${billing}/payments/${data.payment}` : billing;
    case 'plan.ending':
    case 'plan.end':
    case 'quota.low':
    case 'quota.used':
      return billing;
    case 'quota.grant':
      return account === 'user' ? '/studio' : pictures;
    case 'conversion.complete':
    case 'conversion.fail':
      return data.count === '1' && data.id ? `/conversions/${data.id}` : '/conversions';
    case 'picture.accept':
    case 'picture.refuse':
    case 'picture.lost':
    case 'picture.hold':
    case 'picture.remove':
      return account === 'user' && data.id ? `/conversions/${data.id}` : pictures;
    case 'album.pick':
      return data.id && data.link ? `/vendor/albums/${data.id}/selection/${data.link}` : '/vendor/albums';
    case 'lead.receive':
      return '/vendor/received';
    case 'lead.answer':
      return data.id ? `/conversions/${data.id}` : '/conversions';
    case 'operator.tell':
      return null;
    case 'spending.warn':
    case 'spending.pause':
      return '/admin/money';
  }
}
