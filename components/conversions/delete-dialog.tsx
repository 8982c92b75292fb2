'use client';

import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { callAction } from '#components/ui/action/call-action.ts';
import { ConfirmDialog } from '#components/ui/action/confirm-dialog.tsx';
import { goneIsDone } from '#components/ui/action/gone.ts';
import { Button } from '#components/ui/button.tsx';
import { deleteConversion } from '#lib/conversions/actions.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { forgetHistory } from './history/history-memory.ts';

/** Asks once, then deletes a conversion and goes back to the others. Needs `conversions` and `auth`. */
export function DeleteDialog({ id, hasPicture }: { id: string; hasPicture: boolean }) {
  const t = useTranslations('conversions.delete');
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger={
        <Button variant="quiet" size="icon" aria-label={t('action')} title={t('action')}>
          <Trash2 aria-hidden="true" />
        </Button>
      }
      title={t('title')}
      text={t(hasPicture ? 'text' : 'textFailed')}
      cancel={t('cancel')}
      confirm={t('confirm')}
      work={async () => goneIsDone(await callAction(deleteConversion, { id }))}
      done={t('done')}
      leave={() => {
        forgetHistory();
        router.push('/conversions');
      }}
    />
  );
}
