'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { importReport } from '#lib/admin/books/actions.ts';
import type { GatewayName } from '#lib/core/env/payment-env.ts';

/** Takes the file of a settlement report of one of the gateways in; it is read here and sent as text. */
export function ImportForm({ gateways }: { gateways: readonly GatewayName[] }) {
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
        const gateway = new FormData(form).get('gateway') ?? gateways[0];
        return callAction(importReport, { name, gateway, text, reason });
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
      {gateways.length > 1 ? (
        <div className="col-span-full sm:max-w-xs">
          <SelectField
            name="gateway"
            label={t('settlements.gateway')}
            options={gateways.map((value) => ({ value, label: t(`books.gateways.${value}`) }))}
          />
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
