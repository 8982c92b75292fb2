'use client';

import { Pencil } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { Dialog, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';
import { renameConversion } from '#lib/conversions/actions.ts';

/** Gives a conversion a name of one's own. Needs the namespaces `conversions` and `auth`. */
export function RenameDialog({ id, title }: { id: string; title: string | null }) {
  const t = useTranslations('conversions.rename');
  const [isOpen, setOpen] = useState(false);
  const { isBusy, failure, errorOf, run } = useOutcome();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('title');
    run(
      () => callAction(renameConversion, { id, title: typed }),
      t('saved'),
      () => setOpen(false),
    );
  };
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="quiet" size="icon" aria-label={t('action')} title={t('action')}>
          <Pencil aria-hidden="true" />
        </Button>
      </DialogTrigger>
      <DialogContent title={t('title')}>
        <form method="post" noValidate onSubmit={submit} className="grid gap-5">
          <TextField
            name="title"
            label={t('label')}
            hint={t('hint')}
            defaultValue={title ?? ''}
            dir="auto"
            autoComplete="off"
            error={errorOf('title')}
          />
          {failure?.fields ? null : <FormFailure failure={failure} />}
          <Button type="submit" busy={isBusy} className="justify-self-end">
            {t('save')}
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}
