'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { importReport } from '#lib/admin/actions.ts';

/** Takes the file of a settlement report in; it is read here and sent as text. */
export function ImportForm() {
  const t = useTranslations('admin');
  const { isBusy, failure, errorOf, run } = useOutcome();
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const file = new FormData(form).get('file');
    const reason = new FormData(form).get('reason');
    run(
      async () => {
        const text = file instanceof File ? await file.text() : '';
        const name = file instanceof File && file.name ? file.name.slice(0, 200) : '-';
        return callAction(importReport, { name, text, reason });
      },
      ({ lines }) => t('settlements.done', { lines }),
      () => form.reset(),
    );
  };
  return (
    <form onSubmit={submit} noValidate className="grid items-start gap-4 sm:grid-cols-[1fr_1fr_auto]">
      {failure && !failure.fields ? (
        <div className="col-span-full">
          <FormFailure failure={failure} />
        </div>
      ) : null}
      <TextField
        name="file"
        type="file"
        accept=".csv,text/csv,text/plain"
        label={t('settlements.file')}
        hint={t('settlements.fileHint')}
        error={errorOf('text')}
        className="py-2.5 text-sm"
      />
      <TextField
        name="reason"
        label={t('reason.label')}
        hint={t('reason.hint')}
        error={errorOf('reason')}
        dir="auto"
        maxLength={300}
        autoComplete="off"
      />
      <Button type="submit" busy={isBusy} disabled={!isReady} className="h-12 sm:mt-7.5">
        {t('settlements.import')}
      </Button>
    </form>
  );
}
