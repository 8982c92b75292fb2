'use client';

import { clsx } from 'clsx';
import { Laptop, Smartphone } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { ConfirmDialog } from '#components/ui/action/confirm-dialog.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import type { DeviceView } from '#lib/auth/session/list-devices.ts';
import type { Action } from '#lib/core/action.ts';
import { formatDay, formatTime } from '#lib/core/dates.ts';

type Props = { devices: readonly DeviceView[]; revoke: Action<unknown>; revokeOthers: Action<unknown> };

const phones: readonly string[] = ['android', 'iphone', 'ipad'];

/** Where one is signed in: every device, and the way to sign it out from here. */
export function DeviceList({ devices, revoke, revokeOthers }: Props) {
  const t = useTranslations('account.devices');
  return (
    <div className="grid gap-5">
      <ul className="grid">
        {devices.map((device) => (
          <Device key={device.id} device={device} revoke={revoke} />
        ))}
      </ul>
      {devices.length > 1 ? (
        <Confirmed
          open={t('revokeOthers')}
          title={t('revokeOthersTitle')}
          text={t('revokeOthersText', { count: devices.length - 1 })}
          done={t('revokedOthers')}
          work={() => callAction(revokeOthers, {})}
          wide
        />
      ) : null}
    </div>
  );
}

function Device({ device, revoke }: { device: DeviceView; revoke: Action<unknown> }) {
  const t = useTranslations('account.devices');
  const locale = useLocale();
  const { agent, lastUsedAt, isThisOne } = device;
  const Icon = phones.includes(agent.system) ? Smartphone : Laptop;
  const name = t('agent', { browser: t(`browsers.${agent.browser}`), system: t(`systems.${agent.system}`) });
  return (
    <li className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-3 border-t border-line py-4 first:border-0 first:pt-0 md:grid-cols-[auto_1fr_auto]">
      <Icon aria-hidden="true" className="size-6 shrink-0 text-muted" />
      <div className="grid min-w-0 gap-0.5">
        <p className="flex flex-wrap items-center gap-2 font-semibold">
          {name}
          {isThisOne ? <Badge tone="primary">{t('thisOne')}</Badge> : null}
        </p>
        <p className="flex flex-wrap gap-x-3 text-sm text-muted">
          <span>
            {t('used', { day: formatDay(locale, lastUsedAt), time: formatTime(locale, lastUsedAt) })}
          </span>
          <span>{t('placeUnknown')}</span>
        </p>
      </div>
      {isThisOne ? null : (
        <Confirmed
          open={t('revoke')}
          openLabel={t('revokeThis', { device: name })}
          title={t('revokeTitle')}
          text={t('revokeText', { device: name })}
          done={t('revoked')}
          work={() => callAction(revoke, { id: device.id })}
        />
      )}
    </li>
  );
}

type ConfirmedProps = Pick<ComponentProps<typeof ConfirmDialog>, 'title' | 'text' | 'done' | 'work'> & {
  open: string;
  openLabel?: string;
  wide?: boolean;
};

/** A button that asks once before it signs a device out. */
function Confirmed({ open, openLabel, wide = false, ...question }: ConfirmedProps) {
  const t = useTranslations('account');
  return (
    <ConfirmDialog
      {...question}
      trigger={
        <Button
          variant="secondary"
          size={wide ? 'md' : 'sm'}
          className={clsx('justify-self-start', wide ? null : 'col-start-2 md:col-start-auto')}
          aria-label={openLabel}
        >
          {open}
        </Button>
      }
      cancel={t('cancel')}
      confirm={open}
    />
  );
}
