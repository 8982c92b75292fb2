import { Brush, Images, ReceiptText, UserCog } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { UserBell } from '#components/notifications/account-bell.tsx';
import { Meter } from '#components/ui/meter.tsx';
import type { CurrentUser } from '#lib/auth/door/current.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import { showPhone } from '#lib/core/phone.ts';
import type { QuotaView } from '#lib/quota/view.ts';
import { AccountMenu } from '../nav/account-menu.tsx';

/** What somebody signed in always sees: the quota, and their menu. */
export function AccountArea({ user, quota }: { user: CurrentUser; quota: QuotaView | null }) {
  const t = useTranslations('shell');
  const locale = useLocale();
  return (
    <>
      {quota ? <QuotaLink quota={quota} /> : null}
      <UserBell />
      <AccountMenu
        kind="user"
        who={user.name ?? showPhone(user.phone, locale)}
        words={{
          open: t('account'),
          signOut: t('signOut'),
          dark: t('theme.toDark'),
          light: t('theme.toLight'),
        }}
        links={[
          { href: '/studio', text: t('pages.studio'), icon: <Brush aria-hidden="true" /> },
          { href: '/conversions', text: t('pages.conversions'), icon: <Images aria-hidden="true" /> },
          { href: '/billing', text: t('pages.billing'), icon: <ReceiptText aria-hidden="true" /> },
          { href: '/account', text: t('pages.account'), icon: <UserCog aria-hidden="true" /> },
        ]}
      />
    </>
  );
}

/** The quota in the header; on narrow screens only the steps, with the words for those who listen. */
function QuotaLink({ quota }: { quota: QuotaView }) {
  const t = useTranslations('shell.quota');
  const left = quota.totalRemaining;
  return (
    <Link href="/billing" className="rounded-control px-2 py-2.5 hover:bg-sunken md:px-3">
      <Meter
        value={left}
        max={quotaSteps(quota)}
        label={t('label')}
        text={t('left', { count: left })}
        quiet="narrow"
      />
    </Link>
  );
}

/** Out of how many: what the plan gives, and the free ones one still has (two at the start). */
export function quotaSteps(quota: QuotaView): number {
  const free = quota.paidLimit > 0 ? quota.freeRemaining : 2;
  return Math.max(quota.paidLimit + free, quota.totalRemaining);
}
