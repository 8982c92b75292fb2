import { useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { Table, Td, Th } from '#components/ui/table.tsx';
import type { ListedAccount } from '#lib/admin/account/store.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { Moment } from '../moment.tsx';
import { PhoneNumber } from '../phone.tsx';
import { PlaceLink } from '../place-link.tsx';

/** Whether an account may be used, and what else is worth a word. */
export function AccountBadges({ account }: { account: ListedAccount }) {
  const t = useTranslations('admin.accounts');
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      {account.isActive ? (
        <Badge tone="success">{t('active')}</Badge>
      ) : (
        <Badge tone="danger">{t('suspended')}</Badge>
      )}
      {account.isVerified ? <Badge tone="primary">{t('verified')}</Badge> : null}
      {account.isAdmin ? <Badge tone="information">{t('admin')}</Badge> : null}
    </span>
  );
}

/** Accounts of one kind, each leading to its own page. */
export function AccountTable({ kind, accounts }: { kind: AccountKind; accounts: readonly ListedAccount[] }) {
  const t = useTranslations('admin.accounts');
  if (accounts.length === 0) return <EmptyState title={t('none')}>{t('noneText')}</EmptyState>;
  return (
    <Table caption={t(`title.${kind}`)} stacks="pairs">
      <thead>
        <tr>
          <Th>{t('who')}</Th>
          <Th>{t('phone')}</Th>
          <Th>{t('state')}</Th>
          <Th>{t('since')}</Th>
          <Th>{t('lastSignIn')}</Th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.id}>
            <Td>
              <PlaceLink href={`/admin/${kind}s/${account.id}`} isMain>
                <OwnWords>{account.name || t('unnamed')}</OwnWords>
              </PlaceLink>
              {account.handle ? (
                <bdi dir="ltr" className="block w-fit text-xs text-muted">
                  {account.handle}
                </bdi>
              ) : null}
            </Td>
            <Td place="end">
              <PhoneNumber phone={account.phone} />
            </Td>
            <Td>
              <AccountBadges account={account} />
            </Td>
            <Td place="away">
              <Moment at={account.createdAt} />
            </Td>
            <Td label={t('lastSignIn')} place="end">
              <Moment at={account.lastLoginAt} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
