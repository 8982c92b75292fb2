'use client';

import { useTranslations } from 'next-intl';
import { copyText } from '#components/sharing/copy-text.ts';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { TextareaField } from '#components/ui/form/text-field.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { setEmbedHosts } from '#lib/gallery/embed/actions.ts';
import { embedInput } from '#lib/gallery/embed/input.ts';

type Props = { hosts: readonly string[]; code: string };

/** On which sites a shop's looks may stand, and the code for them. */
export function SitesForm({ hosts, code }: Props) {
  const t = useTranslations('outside.sites');
  const router = useRouter();
  const form = useActionForm({
    schema: embedInput,
    empty: { hosts: hosts.join('\n') },
    action: setEmbedHosts,
    onDone: () => {
      toast('success', t('saved'));
      router.refresh();
    },
    staysOpen: true,
  });
  const copy = async () =>
    (await copyText(code)) ? toast('success', t('copied')) : toast('warning', t('copyFailed'));
  return (
    <div className="grid min-w-0 gap-6">
      <form {...form.formProps} className="grid gap-4">
        <TextareaField
          {...form.register('hosts')}
          label={t('label')}
          hint={t('hint')}
          error={form.errorOf('hosts')}
          rows={3}
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
        />
        <FormFailure failure={form.failure} />
        <Button type="submit" busy={form.isBusy} disabled={!form.isReady} className="justify-self-start">
          {t('save')}
        </Button>
      </form>
      <div className="grid gap-3">
        <TextareaField
          name="code"
          label={t('code')}
          value={code}
          readOnly
          rows={4}
          dir="ltr"
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button variant="secondary" onClick={() => void copy()} className="justify-self-start">
          {t('copy')}
        </Button>
      </div>
    </div>
  );
}
