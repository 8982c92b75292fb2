'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ComponentProps, type ReactNode, useId, useState } from 'react';
import { Field, fieldControl } from './field.tsx';
import { Input } from './input.tsx';

type Props = ComponentProps<'input'> & {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  aside?: ReactNode;
};

/** A password, hidden until one asks to see it. Written left to right in every language. */
export function PasswordField({ label, hint, error, aside, ...input }: Props) {
  const t = useTranslations('ui');
  const id = useId();
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field id={id} label={label} hint={hint} error={error} aside={aside}>
      <span className="relative" dir="ltr">
        <Input
          {...input}
          {...fieldControl(id, input.name, hint, error)}
          type={shown ? 'text' : 'password'}
          autoCapitalize="none"
          spellCheck={false}
          className="pe-13"
        />
        <button
          type="button"
          onClick={() => setShown(!shown)}
          aria-pressed={shown}
          aria-label={t('showPassword')}
          className="absolute inset-y-0 end-0 grid w-12 place-content-center rounded-control text-muted hover:text-ink"
        >
          <Icon aria-hidden="true" className="size-5" />
        </button>
      </span>
    </Field>
  );
}
