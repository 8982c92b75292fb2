'use client';

import { Lock } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useRef, useSyncExternalStore } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import type { Action } from '#lib/core/action.ts';
import { formatDay } from '#lib/core/dates.ts';
import { localePath } from '#lib/core/i18n/routing.ts';
import { copyText } from './copy-text.ts';
import { RevokeButton } from './revoke-button.tsx';

const tones = { alive: 'success', expired: 'neutral', revoked: 'neutral' } as const;

type Props = {
  link: {
    readonly id: string;
    readonly path: string | null;
    readonly state: keyof typeof tones;
    readonly hasPassword: boolean;
    readonly expiresAt: string | null;
    readonly createdAt: string;
  };
  /** What else is said of it in its first line: before its state, and after. */
  name?: ReactNode;
  facts?: ReactNode;
  /** The button that changes it. A link that can be changed can be revoked after its end, too. */
  edit?: ReactNode;
  /** What is lost with this kind of link. */
  revokeText: string;
  revoke: Action<unknown>;
  children?: ReactNode;
};

/** One link: how it stands, its address while it is alive, and how to end it. */
export function LinkRow({ link, name, facts, edit, revokeText, revoke, children }: Props) {
  const t = useTranslations('sharing');
  const locale = useLocale();
  const { state, path, expiresAt, hasPassword } = link;
  const isAlive = state === 'alive';
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-2 border-t border-line py-4 first:border-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        {name}
        <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>
        {hasPassword ? (
          <span className="inline-flex items-center gap-1">
            <Lock aria-hidden="true" className="size-4" />
            {t('locked')}
          </span>
        ) : null}
        {facts}
        {isAlive ? (
          <span>{expiresAt ? t('until', { day: formatDay(locale, new Date(expiresAt)) }) : t('noEnd')}</span>
        ) : null}
      </div>
      {children}
      {isAlive || (edit && state === 'expired') ? (
        <div className="flex flex-wrap items-center gap-2">
          {isAlive && path ? <Address path={localePath(locale, path)} /> : null}
          {isAlive && !path ? <p className="grow text-sm">{t('addressGone')}</p> : null}
          {edit}
          <RevokeButton link={link} text={revokeText} revoke={revoke} />
        </div>
      ) : null}
    </li>
  );
}

/** Where the page stands does not change while it is open. */
const never = () => () => undefined;

/** The address, to be read, selected and copied. */
function Address({ path }: { path: string }) {
  const t = useTranslations('sharing');
  const field = useRef<HTMLInputElement>(null);
  const origin = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => '',
  );
  const copy = async () => {
    if (await copyText(origin + path)) return toast('success', t('copied'));
    field.current?.select();
    toast('warning', t('copyFailed'));
  };
  return (
    <>
      <input
        ref={field}
        readOnly
        dir="ltr"
        value={origin + path}
        aria-label={t('address')}
        onFocus={(event) => event.currentTarget.select()}
        className="h-9 min-w-0 grow basis-full rounded-control border border-line bg-sunken px-3 text-sm text-ink sm:basis-0"
      />
      <Button variant="secondary" size="sm" onClick={() => void copy()}>
        {t('copy')}
      </Button>
    </>
  );
}
