'use client';

import { Choice } from '#components/ui/form/choice.tsx';
import { PasswordField } from '#components/ui/form/password-field.tsx';
import { Segmented } from '#components/ui/form/segmented.tsx';
import { TextareaField, TextField } from '#components/ui/form/text-field.tsx';

type Words = {
  label: string;
  hint: string;
  error: string;
  optional: string;
  password: string;
  text: string;
  choices: readonly [string, string, string];
};

/** Inputs in every state. */
export function DevFields({ words }: { words: Words }) {
  return (
    <div className="grid gap-6 md:grid-cols-2">
      <TextField name="plain" label={words.label} hint={words.hint} aside={words.optional} />
      <TextField
        name="wrong"
        label={words.label}
        hint={words.hint}
        error={words.error}
        defaultValue={words.text}
      />
      <TextField name="phone" label={words.label} dir="ltr" inputMode="tel" placeholder="0912 345 6789" />
      <TextField name="off" label={words.label} disabled defaultValue={words.text} />
      <PasswordField name="password" label={words.password} error={words.error} autoComplete="off" />
      <TextareaField name="long" label={words.label} />
      <div className="grid gap-2">
        <Choice name="check" defaultChecked note={words.hint}>
          {words.choices[0]}
        </Choice>
        <Choice name="check">{words.choices[1]}</Choice>
      </div>
      <div>
        <Segmented
          name="segment"
          legend={words.label}
          defaultValue="0"
          options={words.choices.map((label, at) => ({ value: String(at), label }))}
        />
      </div>
    </div>
  );
}
