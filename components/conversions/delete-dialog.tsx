'use client';

import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { FormFailure } from '#components/auth/form-failure.tsx';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { deleteConversion } from '#lib/conversions/actions.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { PublicFailure } from '#lib/core/result.ts';
import { forgetHistory } from './history/history-memory.ts';

/** Asks once, then deletes a conversion and goes back to the others. Needs `conversions` and `auth`. */
export function DeleteDialog({ id, hasPicture }: { id: string; hasPicture: boolean }) {
  const t = useTranslations('conversions.delete');
  const router = useRouter();
  const [failure, setFailure] = useState<PublicFailure | null>(null);
  const [isBusy, start] = useTransition();
  const confirm = () =>
    start(async () => {
      setFailure(null);
      const answer = await callAction(deleteConversion, { id });
      // Whatever deleted it before us: it is gone.
      if (!answer.ok && answer.code !== 'notFound') return setFailure(answer);
      toast('success', t('done'));
      forgetHistory();
      router.push('/conversions');
      router.refresh();
    });
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button variant="quiet" size="icon" aria-label={t('action')} title={t('action')}>
          <Trash2 aria-hidden="true" />
        </Button>
      </DialogTrigger>
      <DialogContent
        title={t('title')}
        description={t(hasPicture ? 'text' : 'textFailed')}
        actions={
          <>
            <DialogClose asChild>
              <Button variant="secondary">{t('cancel')}</Button>
            </DialogClose>
            <Button variant="danger" name="confirm" busy={isBusy} onClick={confirm}>
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
