'use client';

import { useTranslations } from 'next-intl';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { Link, useRouter } from '#lib/core/i18n/navigation.ts';
import { changeHandle } from '#lib/gallery/vendor/actions.ts';
import { handleInput } from '#lib/gallery/vendor/input.ts';

/** The address of the public page. Former ones go on leading to it. */
export function HandleForm({ handle }: { handle: string }) {
  const t = useTranslations();
  const router = useRouter();
  const form = useActionForm({
    schema: handleInput,
    empty: { handle },
    action: changeHandle,
    onDone: () => {
      toast('success', t('vendorProfile.handle.saved'));
      router.refresh();
    },
    staysOpen: true,
  });
  return (
    <form {...form.formProps} className="grid gap-4">
      <TextField
        {...form.register('handle')}
        label={t('vendorProfile.handle.label')}
        hint={t('vendorProfile.handle.hint')}
        error={form.errorOf('handle')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        dir="ltr"
      />
      <FormFailure failure={form.failure} />
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" variant="secondary" busy={form.isBusy} disabled={!form.isReady}>
          {t('vendorProfile.handle.save')}
        </Button>
        <Link href={`/g/${handle}`} className="text-sm text-lapis underline underline-offset-4">
          <bdi dir="ltr">/g/{handle}</bdi>
        </Link>
      </div>
    </form>
  );
}
