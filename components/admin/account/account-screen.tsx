import { useFormatter, useTranslations } from 'next-intl';
import { usePlanName } from '#components/payments/plan/plan-name.ts';
import { Card } from '#components/ui/card.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { Table, Td, Th } from '#components/ui/table.tsx';
import { writeNote } from '#lib/admin/actions.ts';
import type { AccountDetails } from '#lib/admin/queries.ts';
import { describeAgent } from '#lib/auth/session/describe-agent.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { ConversionTable } from '../conversion/conversion-table.tsx';
import { Facts } from '../facts.tsx';
import { MessageSection } from '../message/message-section.tsx';
import { Moment } from '../moment.tsx';
import { NumberSection } from '../number/number-section.tsx';
import { PaymentTable } from '../payment/payment-table.tsx';
import { PhoneNumber } from '../phone.tsx';
import { PlaceLink } from '../place-link.tsx';
import { AdminPage } from '../shell/admin-page.tsx';
import { Section } from '../shell/section.tsx';
import { AccountActions } from './account-actions.tsx';
import { AccountBadges } from './account-table.tsx';

/** One person or business: who they are, what they have, what they paid for and made, where they are signed in. */
export function AccountScreen({ kind, details }: { kind: AccountKind; details: AccountDetails }) {
  const t = useTranslations('admin.accounts');
  const places = useTranslations('admin.places');
  const { account, adminId, payments, conversions, sessions, grants, number, notes, messages } = details;
  const lostNumber = <NumberSection kind={kind} id={account.id} number={number} adminId={adminId} />;
  return (
    <AdminPage
      above={{ href: `/admin/${kind}s`, text: places(`${kind}s`) }}
      title={
        <>
          {account.name ? <OwnWords>{account.name}</OwnWords> : <PhoneNumber phone={account.phone} />}
          <AccountBadges account={account} />
        </>
      }
      aside={<AccountActions kind={kind} account={account} />}
    >
      {number ? lostNumber : null}
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
        <Card aria-label={t('who')}>
          <Facts
            rows={[
              [t('phone'), <PhoneNumber key="phone" phone={account.phone} />],
              ...(account.handle
                ? [
                    [
                      t('handle'),
                      <Link
                        key="handle"
                        href={`/g/${account.handle}`}
                        className="text-lapis underline underline-offset-4"
                      >
                        <bdi dir="ltr">{account.handle}</bdi>
                      </Link>,
                    ] as const,
                  ]
                : []),
              ...(kind === 'vendor'
                ? [
                    [
                      t('gallery'),
                      <PlaceLink
                        key="gallery"
                        href={`/admin/vendors/${account.id}/gallery`}
                        className="underline"
                        otherwise="nothing"
                      >
                        {t('galleryLook')}
                      </PlaceLink>,
                    ] as const,
                  ]
                : []),
              [t('since'), <Moment key="since" at={account.createdAt} />],
              [t('lastSignIn'), <Moment key="last" at={account.lastLoginAt} />],
              [
                t('id'),
                <bdi key="id" dir="ltr" className="text-xs">
                  {account.id}
                </bdi>,
              ],
            ]}
          />
          <PlaceLink
            href={`/admin/audit?account=${account.id}`}
            className="mt-4 block w-fit text-sm underline"
            otherwise="nothing"
          >
            {t('trailLink')}
          </PlaceLink>
        </Card>
        <Quota kind={kind} details={details} />
      </div>
      <Section title={t('payments')}>
        <PaymentTable payments={payments} hasOwner={false} />
      </Section>
      {kind === 'user' ? (
        <Section title={t('conversions')}>
          <ConversionTable conversions={conversions} hasOwner={false} />
        </Section>
      ) : null}
      <Section
        title={t('notes')}
        aside={
          <ActionDialog
            act="note"
            action={writeNote}
            input={{ kind, id: account.id }}
            size="sm"
            fields={[{ name: 'note', label: t('note') }]}
          />
        }
      >
        {notes.length === 0 ? <p className="text-sm text-muted">{t('noNotes')}</p> : null}
        <ul className="grid gap-2 text-sm">
          {notes.map(({ id, note, createdAt }) => (
            <li key={id} data-note={id}>
              <OwnWords>{note}</OwnWords>{' '}
              <span className="text-muted">
                <Moment at={createdAt} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <MessageSection messages={messages} />
      {number ? null : lostNumber}
      <Section title={t('sessions')}>
        {sessions.length === 0 ? (
          <p className="text-sm text-muted">{t('noSessions')}</p>
        ) : (
          <Table caption={t('sessions')} stacks="pairs">
            <thead>
              <tr>
                <Th>{t('device')}</Th>
                <Th>{t('signedIn')}</Th>
                <Th>{t('lastUsed')}</Th>
              </tr>
            </thead>
            <tbody>
              {sessions.map((session) => (
                <tr key={session.id}>
                  <Td place="wide">
                    <Device userAgent={session.userAgent} />
                  </Td>
                  <Td label={t('signedIn')} place="wide">
                    <Moment at={session.createdAt} />
                  </Td>
                  <Td label={t('lastUsed')} place="wide">
                    <Moment at={session.lastUsedAt} />
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Section>
      {grants.length > 0 ? (
        <Section title={t('grants')}>
          <Grants grants={grants} />
        </Section>
      ) : null}
    </AdminPage>
  );
}

function Device({ userAgent }: { userAgent: string | null }) {
  const t = useTranslations('account.devices');
  const { browser, system } = describeAgent(userAgent);
  return t('agent', { browser: t(`browsers.${browser}`), system: t(`systems.${system}`) });
}

function Quota({ kind, details }: { kind: AccountKind; details: AccountDetails }) {
  const t = useTranslations('admin.quota');
  const format = useFormatter();
  const planName = usePlanName();
  const { account, quota, vendorQuota } = details;
  const left = (used: number, limit: number) =>
    t('of', { left: format.number(limit - used), limit: format.number(limit) });
  const end = quota?.periodEnd ?? vendorQuota?.periodEnd ?? null;
  return (
    <Card aria-label={t('title')}>
      <Facts
        rows={[
          [t('plan'), account.planName ? planName(account.planName) : '–'],
          [t(`free.${kind}`), format.number(account.freeRemaining)],
          ...(quota
            ? [
                [t('paid'), left(quota.paidUsed, quota.paidLimit)] as const,
                [t('images'), left(quota.imagesUsed, quota.imagesLimit)] as const,
              ]
            : []),
          [t('total'), format.number(quota?.totalRemaining ?? vendorQuota?.totalRemaining ?? 0)],
          [t('until'), <Moment key="until" at={end} />],
        ]}
      />
    </Card>
  );
}

function Grants({ grants }: { grants: AccountDetails['grants'] }) {
  const t = useTranslations('admin.grant');
  const format = useFormatter();
  return (
    <Table caption={t('list')} stacks="pairs">
      <thead>
        <tr>
          <Th>{t('when')}</Th>
          <Th>{t('amountShort')}</Th>
          <Th>{t('why')}</Th>
        </tr>
      </thead>
      <tbody>
        {grants.map(({ id, createdAt, amount, reason }) => (
          <tr key={id}>
            <Td>
              <Moment at={createdAt} />
            </Td>
            <Td place="end">
              <bdi dir="ltr">{format.number(amount, { signDisplay: 'always' })}</bdi>
            </Td>
            <Td place="wide">
              <OwnWords>{reason}</OwnWords>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
