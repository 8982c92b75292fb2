'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useOutcome } from '#components/account/use-outcome.ts';
import { FormFailure } from '#components/auth/form-failure.tsx';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';
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
  const [isOpen, setOpen] = useState(false);
  const { isBusy, failure, run } = useOutcome();
  const close = () =>
    run(
      () => callAction(revoke, { id: link.id }),
      t('done'),
      () => setOpen(false),
    );
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button
          variant="quiet"
          size="sm"
          aria-label={t('label', { day: formatDay(locale, new Date(link.createdAt)) })}
        >
          {t('action')}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={t('title')}
        description={text}
        actions={
          <>
            <DialogClose asChild>
              <Button variant="secondary">{t('cancel')}</Button>
            </DialogClose>
            <Button variant="danger" name="confirm" busy={isBusy} onClick={close}>
              {t('confirm')}
            </Button>
          </>
        }
      >
        <FormFailure failure={failure} />
      </DialogContent>
    </Dialog>
  );
}
