'use client';

import { Sparkles } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { useSafeRefresh } from '#components/ui/action/use-safe-refresh.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose, DialogContent } from '#components/ui/overlay/dialog.tsx';
import { setImagesLook } from '#lib/gallery/library/actions.ts';
import type { OwnImage } from '#lib/gallery/library/view.ts';
import type { BusinessKind } from '#lib/gallery/vendor/kinds.ts';
import { useGalleryAction } from '../use-gallery-action.ts';
import { KindField } from './look-fields.tsx';
import { useGuess } from './use-guess.ts';

type Props = {
  open: boolean;
  images: readonly OwnImage[];
  business: BusinessKind | null;
  onClose: () => void;
};

/** What people try on with several images; what was said of each besides stays. */
export function LookMany({ open, onClose, ...props }: Props) {
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? null : onClose())}>
      {open ? <Content {...props} onClose={onClose} /> : null}
    </Dialog>
  );
}

function Content({ images, business, onClose }: Omit<Props, 'open'>) {
  const t = useTranslations('vendorLooks');
  const { isBusy, act } = useGalleryAction();
  const [kind, setKind] = useState(images[0]?.look.kind ?? 'light');
  const guess = useGuess();
  const refresh = useSafeRefresh();
  const [isGuessing, setGuessing] = useState(false);
  const guessAll = async () => {
    setGuessing(true);
    await guess(business, images, true);
    setGuessing(false);
    refresh();
    onClose();
  };
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
      <div className="grid gap-4">
        <KindField kind={kind} onChange={setKind} />
        <div className="grid justify-items-start gap-1">
          <Button variant="secondary" size="sm" busy={isGuessing} onClick={() => void guessAll()}>
            <Sparkles aria-hidden="true" />
            {t('guess')}
          </Button>
          <p className="text-sm text-muted">{t('guessHint')}</p>
        </div>
      </div>
    </DialogContent>
  );
}
