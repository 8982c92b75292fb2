import { useTranslations } from 'next-intl';
import type { ListedAccount } from '#lib/admin/account/store.ts';
import {
  endAllSessions,
  grantQuota,
  restore,
  suspend,
  takeAvatar,
  verifyVendor,
} from '#lib/admin/actions.ts';
import { suspensionKinds } from '#lib/auth/suspension.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { ActionDialog, type ActionField } from '../action-dialog.tsx';
import { useRefusalField } from '../moderation/refusal-field.ts';

/** What can be done with one account. */
export function AccountActions({ kind, account }: { kind: AccountKind; account: ListedAccount }) {
  const t = useTranslations('admin.grant');
  const why = useRefusalField();
  const told = useTranslations('admin.accounts');
  const suspendedFor: ActionField = {
    name: 'suspendedFor',
    label: told('suspendedFor'),
    value: 'abuse',
    options: suspensionKinds.map((value) => ({ value, label: told(`suspensions.${value}`) })),
  };
  const { id, isActive, isVerified, hasAvatar } = account;
  const input = { kind, id };
  return (
    <>
      <ActionDialog
        act="grant"
        action={grantQuota}
        input={input}
        fields={[{ name: 'amount', label: t(`amount.${kind}`), hint: t('hint'), dir: 'ltr' }]}
      />
      {kind === 'vendor' ? (
        <ActionDialog
          act={isVerified ? 'unverify' : 'verify'}
          action={verifyVendor}
          input={{ id, isVerified: !isVerified }}
        />
      ) : null}
      {hasAvatar ? (
        <ActionDialog act="takeAvatar" action={takeAvatar} input={input} fields={[why]} variant="danger" />
      ) : null}
      <ActionDialog act="endSessions" action={endAllSessions} input={input} />
      <ActionDialog
        act={isActive ? 'suspend' : 'restore'}
        action={isActive ? suspend : restore}
        input={input}
        fields={isActive ? [suspendedFor] : []}
        variant={isActive ? 'danger' : 'primary'}
      />
    </>
  );
}
