'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextareaField, TextField } from '#components/ui/form/text-field.tsx';
import { createCircular, previewCircular } from '#lib/admin/circular/actions.ts';

const targets = ['user', 'vendor', 'all', 'users', 'vendors', 'planned', 'shops'] as const;

type Props = { shopKinds: readonly { value: string; label: string }[] };
type Sent = Readonly<Record<string, string>>;
type Preview = { readonly sent: Sent; readonly receivers: number };

const read = (form: HTMLFormElement): Sent =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));

/** Writes a notice to one, a group or all: shown as it will be read, with how many it reaches, before it goes. */
export function NewCircular({ shopKinds }: Props) {
  const t = useTranslations('admin.circulars');
  const words = useTranslations('admin');
  const { isBusy, failure, errorOf, run } = useOutcome();
  const [isReady, setReady] = useState(false);
  const [to, setTo] = useState<string>('user');
  const [preview, setPreview] = useState<Preview | null>(null);
  useEffect(() => setReady(true), []);
  const look = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const sent = read(event.currentTarget);
    run(
      () => callAction(previewCircular, sent),
      ({ receivers }) => {
        setPreview({ sent, receivers });
        return t('reaches', { count: receivers });
      },
    );
  };
  if (preview) {
    const { sent, receivers } = preview;
    const send = () =>
      run(
        () => callAction(createCircular, sent),
        () => t('begun'),
        () => setPreview(null),
      );
    return (
      <div className="grid gap-4" data-preview={receivers}>
        {failure ? <FormFailure failure={failure} /> : null}
        <p className="font-semibold">
          {t(`to.${sent.to as (typeof targets)[number]}`)} · {t('reaches', { count: receivers })}
        </p>
        <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
          {(['fa', 'en'] as const).map((language) => (
            <Card key={language} lang={language} dir={language === 'fa' ? 'rtl' : 'ltr'}>
              <p className="font-semibold">{sent[language === 'fa' ? 'titleFa' : 'titleEn']}</p>
              <p className="whitespace-pre-line text-sm">{sent[language === 'fa' ? 'textFa' : 'textEn']}</p>
            </Card>
          ))}
        </div>
        <div className="flex flex-wrap gap-3">
          <Button onClick={send} busy={isBusy} disabled={receivers === 0}>
            {t('send')}
          </Button>
          <Button variant="quiet" onClick={() => setPreview(null)}>
            {t('change')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form onSubmit={look} noValidate className="grid gap-4">
      {failure && !failure.fields ? <FormFailure failure={failure} /> : null}
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <SelectField
          name="to"
          label={t('whom')}
          value={to}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
          options={targets.map((value) => ({ value, label: t(`to.${value}`) }))}
        />
        {to === 'user' || to === 'vendor' ? (
          <TextField
            name="phone"
            type="tel"
            label={t('phone')}
            error={errorOf('phone')}
            dir="ltr"
            autoComplete="off"
          />
        ) : null}
        {to === 'shops' ? (
          <>
            <TextField
              name="city"
              label={t('city')}
              hint={t('cityHint')}
              error={errorOf('city')}
              dir="auto"
              maxLength={60}
              autoComplete="off"
            />
            <SelectField
              name="shopKind"
              label={t('shopKind')}
              options={[{ value: '', label: t('anyKind') }, ...shopKinds]}
            />
          </>
        ) : null}
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {(['Fa', 'En'] as const).map((language) => (
          <div key={language} className="grid gap-4">
            <TextField
              name={`title${language}`}
              label={t(`title${language}`)}
              error={errorOf(`title${language}`)}
              dir={language === 'Fa' ? 'rtl' : 'ltr'}
              lang={language.toLowerCase()}
              maxLength={120}
              autoComplete="off"
            />
            <TextareaField
              name={`text${language}`}
              rows={4}
              label={t(`text${language}`)}
              error={errorOf(`text${language}`)}
              dir={language === 'Fa' ? 'rtl' : 'ltr'}
              lang={language.toLowerCase()}
              maxLength={1000}
            />
          </div>
        ))}
      </div>
      <TextField
        name="reason"
        label={words('reason.label')}
        hint={words('reason.hint')}
        error={errorOf('reason')}
        dir="auto"
        maxLength={300}
        autoComplete="off"
      />
      <Button type="submit" busy={isBusy} disabled={!isReady} className="justify-self-start">
        {t('preview')}
      </Button>
    </form>
  );
}
