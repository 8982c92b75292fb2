'use client';

import { Share2 } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState, useTransition } from 'react';
import { FormFailure } from '#components/auth/form-failure.tsx';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { PasswordField } from '#components/ui/form/password-field.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { Dialog, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { localePath } from '#lib/core/i18n/routing.ts';
import type { PublicFailure } from '#lib/core/result.ts';
import { linkLives, usualLinkLife } from '#lib/sharing/policy.ts';
import { createResultLink } from '#lib/sharing/result-link/actions.ts';
import type { ResultLinkView } from '#lib/sharing/result-link/view.ts';
import { copyText } from './copy-text.ts';
import { ResultLinkRow } from './result-link-row.tsx';

type Props = { conversionId: string; links: readonly ResultLinkView[] };

/** Opens the links of a result: makes one, copies, and ends them. Needs the namespaces `sharing` and `auth`. */
export function ShareButton({ conversionId, links }: Props) {
  const t = useTranslations('sharing');
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button variant="secondary">
          <Share2 aria-hidden="true" />
          {t('open')}
        </Button>
      </DialogTrigger>
      <DialogContent title={t('title')} description={t('text')}>
        <NewLink conversionId={conversionId} />
        <section aria-label={t('list')} className="min-w-0 border-t border-line pt-2">
          {links.length === 0 ? (
            <p className="py-3 text-sm text-muted">{t('none')}</p>
          ) : (
            <ul className="grid grid-cols-[minmax(0,1fr)]">
              {links.map((link) => (
                <ResultLinkRow key={link.id} link={link} />
              ))}
            </ul>
          )}
        </section>
      </DialogContent>
    </Dialog>
  );
}

/** How long, with or without a password, and the button; the new link is copied at once where that is allowed. */
function NewLink({ conversionId }: { conversionId: string }) {
  const t = useTranslations('sharing');
  const words = useTranslations();
  const locale = useLocale();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [isBusy, start] = useTransition();
  const [failure, setFailure] = useState<PublicFailure | null>(null);
  const passwordError = failure?.fields?.password;

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const sent = new FormData(event.currentTarget);
    const days = Number(sent.get('days')) || null;
    start(async () => {
      setFailure(null);
      const made = await callAction(createResultLink, { conversionId, days, password: sent.get('password') });
      if (!made.ok) return setFailure(made);
      const isCopied = await copyText(window.location.origin + localePath(locale, made.value.path));
      toast('success', t(isCopied ? 'createdCopied' : 'created'));
      form.current?.reset();
      router.refresh();
    });
  };

  return (
    <form ref={form} onSubmit={submit} noValidate className="grid min-w-0 gap-4 sm:grid-cols-2">
      <SelectField
        name="days"
        label={t('life.label')}
        defaultValue={String(usualLinkLife)}
        options={linkLives.map((days) => ({
          value: String(days ?? 0),
          label: days === null ? t('life.none') : t('life.days', { days }),
        }))}
      />
      <PasswordField
        name="password"
        label={t('password.label')}
        aside={words('ui.optional')}
        hint={t('password.hint')}
        error={passwordError ? words(passwordError as Parameters<typeof words>[0]) : undefined}
        autoComplete="off"
      />
      <div className="grid gap-3 sm:col-span-2">
        {passwordError ? null : <FormFailure failure={failure} />}
        <Button type="submit" busy={isBusy} className="justify-self-start">
          {t('create')}
        </Button>
      </div>
    </form>
  );
}
