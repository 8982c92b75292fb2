'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { type DefaultValues, type FieldValues, type Path, useForm } from 'react-hook-form';
import type { z } from 'zod';
import { callAction } from '#components/ui/action/call-action.ts';
import type { Action } from '#lib/core/action.ts';
import type { PublicFailure } from '#lib/core/result.ts';

/**
 * Fields without a value of ours are left to the browser: what somebody typed, or a password manager filled in,
 * before the page ran must not be set back to nothing.
 */
function keptByBrowser<Values extends object>(empty: Values): Values {
  return Object.fromEntries(Object.entries(empty).filter(([, value]) => value !== '')) as Values;
}

/**
 * A form with one action: one schema for the form and its action, the action's failures beside their fields, and
 * what was typed kept. `isReady` is false until the browser runs the page: a form sent before that would put
 * a password into the address.
 */
export function useActionForm<Output extends FieldValues, Input extends FieldValues, View>(options: {
  schema: z.ZodType<Output, Input>;
  empty: DefaultValues<Input>;
  action: Action<View>;
  onDone: () => void;
  /** What the action answered, before `onDone`. */
  onAnswer?: (view: View) => void;
  /** The form is used again after it was sent: nobody leaves the page. */
  staysOpen?: boolean;
}) {
  const t = useTranslations();
  const [isReady, setReady] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const [failure, setFailure] = useState<PublicFailure | null>(null);
  const form = useForm<Input, unknown, Input>({
    // The action is sent what was typed: it reads it by the same schema, which takes nothing twice.
    resolver: zodResolver(options.schema, undefined, { raw: true }),
    defaultValues: keptByBrowser(options.empty),
    mode: 'onSubmit',
    reValidateMode: 'onChange',
  });
  useEffect(() => setReady(true), []);

  const submit = form.handleSubmit(async (values) => {
    setFailure(null);
    const result = await callAction(options.action, values);
    if (result.ok) {
      options.onAnswer?.(result.value);
      setLeaving(!options.staysOpen);
      options.onDone();
      return;
    }
    const fields = Object.entries(result.fields ?? {});
    for (const [index, [name, message]] of fields.entries()) {
      form.setError(name as Path<Input>, { message }, { shouldFocus: index === 0 });
    }
    if (fields.length === 0) setFailure(result);
  });

  /** The sentence beside a field, if something is wrong with it. */
  const errorOf = (name: Path<Input>): string | undefined => {
    const message = form.getFieldState(name, form.formState).error?.message;
    return message ? t(message) : undefined;
  };

  return {
    register: form.register,
    setValue: form.setValue,
    setFocus: form.setFocus,
    reset: () => form.reset(),
    errorOf,
    failure,
    isReady,
    isBusy: form.formState.isSubmitting || isLeaving,
    formProps: { noValidate: true, method: 'post', onSubmit: submit } as const,
  };
}
