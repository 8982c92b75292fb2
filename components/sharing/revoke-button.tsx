'use client';

import { useLocale, useTranslations } from 'next-intl';
import { callAction } from '#components/ui/action/call-action.ts';
import { ConfirmDialog } from '#components/ui/action/confirm-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Action } from '#lib/core/action.ts';
import { formatDay } from '#lib/core/dates.ts';

type Props = {
  link: { readonly id: string; readonly createdAt: string };
  /** What is lost with this kind of link. */
  text: string;
  revoke: Action<unknown>;
};

/** Takes a link back, after one question. */
export function RevokeButton({ link, text, revoke }: Props) {
  const t = useTranslations('sharing.revoke');
  const locale = useLocale();
  const label = t('label', { day: formatDay(locale, new Date(link.createdAt)) });
  return (
    <ConfirmDialog
      trigger={
        <Button variant="quiet" size="sm" aria-label={label}>
          {t('action')}
        </Button>
      }
      title={t('title')}
      text={text}
      cancel={t('cancel')}
      confirm={t('confirm')}
      work={() => callAction(revoke, { id: link.id })}
      done={t('done')}
    />
  );
}
