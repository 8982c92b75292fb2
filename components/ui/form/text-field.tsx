import { type ComponentProps, type ReactNode, useId } from 'react';
import { Field, fieldControl } from './field.tsx';
import { Input, Textarea } from './input.tsx';

type Words = { name: string; label: ReactNode; hint?: ReactNode; error?: ReactNode; aside?: ReactNode };

/** A labelled line of text; `ref` and handlers (react-hook-form's `register`) go to the input. */
export function TextField({ label, hint, error, aside, ...input }: Words & ComponentProps<'input'>) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} error={error} aside={aside}>
      <Input {...input} {...fieldControl(id, input.name, hint, error)} />
    </Field>
  );
}

/** A labelled box of text. */
export function TextareaField({
  label,
  hint,
  error,
  aside,
  ...input
}: Words & ComponentProps<typeof Textarea>) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} error={error} aside={aside}>
      <Textarea {...input} {...fieldControl(id, input.name, hint, error)} />
    </Field>
  );
}
