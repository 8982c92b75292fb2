'use client';

import { useTranslations } from 'next-intl';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/form/choice.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextareaField, TextField } from '#components/ui/form/text-field.tsx';
import { Dialog, DialogClose, DialogContent } from '#components/ui/overlay/dialog.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { createAlbum, updateAlbum } from '#lib/gallery/album/actions.ts';
import { albumInput, newAlbumInput } from '#lib/gallery/album/input.ts';
import type { AlbumView } from '#lib/gallery/album/view.ts';
import { imageOrders } from '#lib/gallery/policy.ts';

/** A new album needs a name and nothing else. It is opened at once. */
export function NewAlbumForm() {
  const t = useTranslations();
  const router = useRouter();
  const form = useActionForm({
    schema: newAlbumInput,
    empty: { title: '' },
    action: createAlbum,
    onAnswer: ({ id }) => router.push(`/vendor/albums/${id}`),
    onDone: () => undefined,
  });
  return (
    <form {...form.formProps} className="grid max-w-form gap-3">
      <div className="flex items-start gap-3">
        <div className="grow">
          <TextField
            {...form.register('title')}
            label={t('albums.new')}
            error={form.errorOf('title')}
            autoComplete="off"
            dir="auto"
          />
        </div>
        <Button type="submit" busy={form.isBusy} disabled={!form.isReady} className="mt-8 h-12">
          {t('albums.create')}
        </Button>
      </div>
      <FormFailure failure={form.failure} />
    </form>
  );
}

type Props = { album: AlbumView; open: boolean; onClose: () => void };

/** Name, description, order and purpose of an album. */
export function AlbumSettings({ album, open, onClose }: Props) {
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? null : onClose())}>
      {open ? <Settings album={album} onClose={onClose} /> : null}
    </Dialog>
  );
}

function Settings({ album, onClose }: Omit<Props, 'open'>) {
  const t = useTranslations();
  const router = useRouter();
  const { id, name, description, imageOrder, isStyleKit, keepsSent } = album;
  const form = useActionForm({
    schema: albumInput,
    empty: { id, title: name, description, imageOrder, isStyleKit, keepsSent },
    action: updateAlbum,
    onDone: () => {
      toast('success', t('albums.saved'));
      router.refresh();
      onClose();
    },
    staysOpen: true,
  });
  return (
    <DialogContent title={t('albums.settings')}>
      <form {...form.formProps} className="grid gap-5">
        <TextField
          {...form.register('title')}
          label={t('albums.field.name')}
          error={form.errorOf('title')}
          autoComplete="off"
          dir="auto"
        />
        <TextareaField
          {...form.register('description')}
          label={t('albums.field.description')}
          error={form.errorOf('description')}
          dir="auto"
        />
        <SelectField
          {...form.register('imageOrder')}
          label={t('albums.field.order')}
          error={form.errorOf('imageOrder')}
          options={imageOrders.map((value) => ({ value, label: t(`albums.orders.${value}`) }))}
        />
        <Choice {...form.register('isStyleKit')} note={t('albums.field.kitHint')}>
          {t('albums.field.kit')}
        </Choice>
        <Choice {...form.register('keepsSent')} note={t('albums.field.originalsHint')}>
          {t('albums.field.originals')}
        </Choice>
        <FormFailure failure={form.failure} />
        <div className="flex flex-wrap justify-end gap-3">
          <DialogClose asChild>
            <Button variant="secondary">{t('albums.cancel')}</Button>
          </DialogClose>
          <Button type="submit" busy={form.isBusy} disabled={!form.isReady}>
            {t('albums.save')}
          </Button>
        </div>
      </form>
    </DialogContent>
  );
}
