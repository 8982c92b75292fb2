'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { PasswordField } from '#components/ui/form/password-field.tsx';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { PublicFailure } from '#lib/core/result.ts';
import { unlockLink } from '#lib/sharing/actions.ts';

type Props = {
  opens: 'album' | 'result';
  token: string;
  /** What the button says; of a picture when nothing else is said. */
  submitLabel?: string;
};

/** Asks for the password of a link. It is sent in the body and kept nowhere. Needs `sharing` and `auth`. */
export function UnlockForm({ opens, token, submitLabel }: Props) {
  const t = useTranslations('sharing.unlock');
  const words = useTranslations();
  const router = useRouter();
  const [isReady, setReady] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<PublicFailure | null>(null);
  // Before the page runs, the browser would put the password into the address.
  useEffect(() => setReady(true), []);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    setFailure(null);
    const password = new FormData(form).get('password');
    const answer = await callAction(unlockLink, { opens, token, password });
    // What stood here is gone meanwhile, or is open now: the page itself knows what to show.
    if (answer.ok || answer.code === 'notFound') return router.refresh();
    setBusy(false);
    setFailure(answer);
    form.querySelector('input')?.select();
  };
  const error = failure?.fields?.password;
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="grid gap-5">
      <PasswordField
        name="password"
        label={t('label')}
        autoComplete="off"
        error={error ? words(error as Parameters<typeof words>[0]) : undefined}
      />
      {error ? null : <FormFailure failure={failure} />}
      <Button type="submit" wide busy={isBusy} disabled={!isReady}>
        {submitLabel ?? t('submit')}
      </Button>
    </form>
  );
}
