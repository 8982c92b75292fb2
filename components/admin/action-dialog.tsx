'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextareaField, TextField } from '#components/ui/form/text-field.tsx';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';
import { actRoles } from '#lib/admin/policy.ts';
import { hasRole } from '#lib/auth/admin/policy.ts';
import type { Action } from '#lib/core/action.ts';
import type { ActionName } from './action-names.ts';
import { useRole } from './shell/role.tsx';

/** One more thing an action needs, beside its reason. */
export type ActionField = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly dir?: 'ltr' | 'rtl';
  /** A box of this many lines instead of one line. */
  readonly rows?: number;
  readonly options?: readonly { value: string; label: string }[];
};

type Props = {
  act: ActionName;
  action: Action<unknown>;
  /** What is sent along and not asked for: whose it is. */
  input?: Readonly<Record<string, unknown>>;
  fields?: readonly ActionField[];
  /** Which row of a list it is about, where its fields do not say it. */
  about?: ReactNode;
  /** What the act would do, shown before it is confirmed. */
  effect?: ReactNode;
  /** What is answered as `file` is saved under this name. */
  fileName?: string;
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'sm' | 'md';
};

/** Has the browser save a file that an action answered with. */
function save(value: unknown, name: string): void {
  const file = typeof value === 'object' && value && 'file' in value ? value.file : null;
  if (typeof file !== 'string') return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([file], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** What an action answered with, as its sentence can tell it. */
function told(value: unknown): Record<string, string | number> {
  const plain = Object.entries(typeof value === 'object' && value ? value : {}).filter(
    (entry): entry is [string, string | number] => ['string', 'number'].includes(typeof entry[1]),
  );
  return { kind: 'nothing', ...Object.fromEntries(plain) };
}

/**
 * A button for an administrator whose role may do it: says what it will do, asks why, and does it. The reason stands in the audit log for
 * ever. Its words are under `admin.acts.<act>`.
 */
export function ActionDialog({ variant = 'secondary', size = 'md', ...act }: Props) {
  const t = useTranslations('admin.acts');
  const [isOpen, setOpen] = useState(false);
  const role = useRole();
  if (!hasRole(role, actRoles[act.act])) return null;
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        {/* What cannot be taken lightly is red where it is done, not where it is offered. */}
        <Button
          variant={variant === 'danger' ? 'secondary' : variant}
          size={size}
          className={variant === 'danger' ? 'text-danger' : undefined}
        >
          {t(`${act.act}.open`)}
        </Button>
      </DialogTrigger>
      <DialogContent title={t(`${act.act}.title`)} description={t(`${act.act}.text`)}>
        <ActForm {...act} isDangerous={variant === 'danger'} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

type FormProps = Omit<Props, 'variant' | 'size'> & { isDangerous: boolean; onDone: () => void };

/** Comes anew with every opening, without what went wrong the last time. */
function ActForm({
  act,
  action,
  input = {},
  fields = [],
  about,
  effect,
  fileName,
  isDangerous,
  onDone,
}: FormProps) {
  const t = useTranslations('admin');
  const { isBusy, failure, errorOf, run } = useOutcome();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const sent = { ...input, ...Object.fromEntries(new FormData(event.currentTarget)) };
    run(
      () => callAction(action, sent),
      (value) => {
        if (fileName) save(value, fileName);
        return t(`acts.${act}.done`, told(value));
      },
      onDone,
    );
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      {failure && !failure.fields ? <FormFailure failure={failure} /> : null}
      {about ? <div className="rounded-control bg-sunken px-4 py-3 text-sm">{about}</div> : null}
      {effect}
      {fields.map(({ name, label, hint, value, dir, rows, options }) =>
        options ? (
          <SelectField
            key={name}
            name={name}
            label={label}
            hint={hint}
            error={errorOf(name)}
            defaultValue={value}
            options={options}
          />
        ) : rows ? (
          <TextareaField
            key={name}
            name={name}
            rows={rows}
            label={label}
            hint={hint}
            error={errorOf(name)}
            defaultValue={value}
            dir={dir ?? 'auto'}
          />
        ) : (
          <TextField
            key={name}
            name={name}
            label={label}
            hint={hint}
            error={errorOf(name)}
            defaultValue={value}
            dir={dir ?? 'auto'}
            autoComplete="off"
          />
        ),
      )}
      <TextareaField
        name="reason"
        rows={2}
        label={t('reason.label')}
        hint={t('reason.hint')}
        error={errorOf('reason')}
        dir="auto"
        maxLength={300}
      />
      <div className="mt-2 flex flex-wrap justify-end gap-3">
        <DialogClose asChild>
          <Button variant="quiet">{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" variant={isDangerous ? 'danger' : 'primary'} busy={isBusy}>
          {t(`acts.${act}.submit`)}
        </Button>
      </div>
    </form>
  );
}
