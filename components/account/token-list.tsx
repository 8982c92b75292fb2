'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { ConfirmDialog } from '#components/ui/action/confirm-dialog.tsx';
import { Button, buttonLook } from '#components/ui/button.tsx';
import type { TokenView } from '#lib/auth/token/list-tokens.ts';
import type { Action } from '#lib/core/action.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { formatDay, formatTime } from '#lib/core/dates.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import { NewToken } from './new-token.tsx';
import { TokenForm } from './token-form.tsx';

type Props = {
  kind: AccountKind;
  tokens: readonly TokenView[];
  phone: string;
  create: Action<{ readonly token: string }>;
  revoke: Action<unknown>;
};

/** The programs that may act for the account, each with a token: what it may do, when it did, and its end. */
export function TokenList({ kind, tokens, phone, create, revoke }: Props) {
  const t = useTranslations('account.tokens');
  const [step, setStep] = useState<'list' | 'form' | { token: string }>('list');
  return (
    <div className="grid gap-5">
      {tokens.length === 0 ? <p className="text-sm text-muted">{t('none')}</p> : null}
      <ul className="grid">
        {tokens.map((token) => (
          <Token key={token.id} token={token} revoke={revoke} />
        ))}
      </ul>
      {step === 'form' ? (
        <TokenForm kind={kind} phone={phone} action={create} onMade={(token) => setStep({ token })} />
      ) : null}
      {typeof step === 'object' ? <NewToken token={step.token} onDone={() => setStep('list')} /> : null}
      {step === 'list' ? (
        <div className="flex flex-wrap gap-3">
          <Button variant="secondary" onClick={() => setStep('form')}>
            {t('new')}
          </Button>
          <Link href="/developers" className={buttonLook({ variant: 'quiet' })}>
            {t('guide')}
          </Link>
        </div>
      ) : null}
    </div>
  );
}

function Token({ token, revoke }: { token: TokenView; revoke: Action<unknown> }) {
  const t = useTranslations('account.tokens');
  const cancel = useTranslations('account')('cancel');
  const locale = useLocale();
  const { id, name, hint, scopes, createdAt, lastUsedAt, expiresAt } = token;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] items-center gap-x-4 gap-y-3 border-t border-line py-4 first:border-0 first:pt-0 md:grid-cols-[minmax(0,1fr)_auto]">
      <div className="grid min-w-0 gap-0.5">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <bdi className="font-semibold break-words">{name}</bdi>
          <span className="text-sm text-muted">
            {t.rich('hint', {
              hint: () => (
                <bdi dir="ltr" className="font-mono">
                  {hint}
                </bdi>
              ),
            })}
          </span>
        </p>
        <p className="text-sm text-muted">
          {scopes
            .map((scope) => t(`scope.${scope.replace(':', '_') as 'account_read'}`))
            .join(locale === 'fa' ? '، ' : ', ')}
        </p>
        <p className="flex flex-wrap gap-x-3 text-sm text-muted">
          <span>{t('made', { day: formatDay(locale, createdAt) })}</span>
          <span>
            {lastUsedAt
              ? t('used', { day: formatDay(locale, lastUsedAt), time: formatTime(locale, lastUsedAt) })
              : t('neverUsed')}
          </span>
          <span>{expiresAt ? t('ends', { day: formatDay(locale, expiresAt) }) : t('endless')}</span>
        </p>
      </div>
      <ConfirmDialog
        trigger={
          <Button
            variant="secondary"
            size="sm"
            className="justify-self-start"
            aria-label={t('revokeThis', { name })}
          >
            {t('revoke')}
          </Button>
        }
        title={t('revokeTitle')}
        text={t('revokeText', { name })}
        cancel={cancel}
        confirm={t('revoke')}
        done={t('revoked')}
        work={() => callAction(revoke, { id })}
      />
    </li>
  );
}
