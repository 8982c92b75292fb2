'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';

type Props = {
  title: string;
  text: string;
  /** Answers whether it is gone: else the question stays, to be answered again. */
  onConfirm: () => Promise<boolean>;
  /** The button that asks. */
  children: ReactNode;
};

/** Asks once before a picture is deleted for good; the safe answer comes first. */
export function DeletionQuestion({ title, text, onConfirm, children }: Props) {
  const t = useTranslations('library');
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    const isGone = await onConfirm().finally(() => setBusy(false));
    if (isGone) setOpen(false);
  };
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>{children}</DialogTrigger>
      <DialogContent
        title={title}
        description={text}
        actions={
          <>
            <DialogClose asChild>
              <Button variant="secondary">{t('delete.cancel')}</Button>
            </DialogClose>
            <Button variant="danger" busy={busy} onClick={() => void confirm()}>
              {t('delete.confirm')}
            </Button>
          </>
        }
      />
    </Dialog>
  );
}
