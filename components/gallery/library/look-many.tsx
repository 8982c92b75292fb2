'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose, DialogContent } from '#components/ui/overlay/dialog.tsx';
import { setImagesLook } from '#lib/gallery/library/actions.ts';
import type { GalleryImage } from '#lib/gallery/library/view.ts';
import { useAct } from '../use-act.ts';
import { KindField } from './look-fields.tsx';

type Props = { open: boolean; images: readonly GalleryImage[]; onClose: () => void };

/** What people try on with several pictures; what was said of each besides stays. */
export function LookMany({ open, onClose, ...props }: Props) {
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? null : onClose())}>
      {open ? <Content {...props} onClose={onClose} /> : null}
    </Dialog>
  );
}

function Content({ images, onClose }: Omit<Props, 'open'>) {
  const t = useTranslations('vendorLooks');
  const { isBusy, act } = useAct();
  const [kind, setKind] = useState(images[0]?.look.kind ?? 'light');
  const save = async () => {
    const ids = images.map(({ id }) => id);
    const saved = await act(
      () => callAction(setImagesLook, { ids, kind }),
      ({ done }) => t('manySaved', { count: done }),
    );
    if (saved) onClose();
  };
  return (
    <DialogContent
      title={t('manyTitle', { count: images.length })}
      actions={
        <>
          <DialogClose asChild>
            <Button variant="secondary">{t('cancel')}</Button>
          </DialogClose>
          <Button busy={isBusy} onClick={save}>
            {t('save')}
          </Button>
        </>
      }
    >
      <KindField kind={kind} onChange={setKind} />
    </DialogContent>
  );
}
