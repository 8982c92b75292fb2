import { useTranslations } from 'next-intl';
import type { AccountRow } from '#lib/admin/account/store.ts';
import { endAllSessions, grantQuota, restore, suspend, verifyVendor } from '#lib/admin/actions.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { ActDialog } from '../act-dialog.tsx';

/** What can be done with one account. */
export function AccountActs({ kind, account }: { kind: AccountKind; account: AccountRow }) {
  const t = useTranslations('admin.grant');
  const { id, isActive, isVerified } = account;
  const input = { kind, id };
  return (
    <>
      <ActDialog
        act="grant"
        action={grantQuota}
        input={input}
        fields={[{ name: 'amount', label: t(`amount.${kind}`), hint: t('hint'), dir: 'ltr' }]}
      />
      {kind === 'vendor' ? (
        <ActDialog
          act={isVerified ? 'unverify' : 'verify'}
          action={verifyVendor}
          input={{ id, isVerified: !isVerified }}
        />
      ) : null}
      <ActDialog act="endSessions" action={endAllSessions} input={input} />
      <ActDialog
        act={isActive ? 'suspend' : 'restore'}
        action={isActive ? suspend : restore}
        input={input}
        variant={isActive ? 'danger' : 'primary'}
      />
    </>
  );
}
