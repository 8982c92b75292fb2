'use client';

import { useTranslations } from 'next-intl';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextareaField, TextField } from '#components/ui/form/text-field.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { updateBusiness } from '#lib/gallery/vendor/actions.ts';
import { businessInput } from '#lib/gallery/vendor/input.ts';
import { businessKinds } from '#lib/gallery/vendor/kinds.ts';
import { linkKinds } from '#lib/gallery/vendor/profile.ts';
import type { OwnBusiness } from '#lib/gallery/vendor/queries.ts';
import { businessFields } from '../business-fields.ts';

/** What the public page says of a business: name, a few words, how to reach it, where else it is found. */
export function BusinessForm({ business }: { business: OwnBusiness }) {
  const t = useTranslations();
  const router = useRouter();
  const form = useActionForm({
    schema: businessInput,
    empty: businessFields(business),
    action: updateBusiness,
    onDone: () => {
      toast('success', t('account.profile.saved'));
      router.refresh();
    },
    staysOpen: true,
  });
  const kinds = [
    { value: '', label: t('vendorProfile.kinds.none') },
    ...businessKinds.map((kind) => ({ value: kind, label: t(`vendorProfile.kinds.${kind}`) })),
  ];
  return (
    <form {...form.formProps} className="grid gap-5">
      <TextField
        {...form.register('businessName')}
        autoComplete="organization"
        label={t('auth.field.businessName')}
        error={form.errorOf('businessName')}
        dir="auto"
      />
      <TextareaField
        {...form.register('bio')}
        label={t('vendorProfile.bio')}
        error={form.errorOf('bio')}
        dir="auto"
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          {...form.register('kind')}
          label={t('vendorProfile.kind')}
          error={form.errorOf('kind')}
          options={kinds}
        />
        <TextField
          {...form.register('city')}
          label={t('vendorProfile.city')}
          error={form.errorOf('city')}
          autoComplete="address-level2"
          dir="auto"
        />
      </div>
      <fieldset className="grid gap-5 border-t border-line pt-5">
        <legend className="sr-only">{t('vendorProfile.contact')}</legend>
        <p className="text-sm text-muted">{t('vendorProfile.contactHint')}</p>
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField
            {...form.register('contactPhone')}
            label={t('vendorProfile.phone')}
            error={form.errorOf('contactPhone')}
            type="tel"
            inputMode="tel"
            dir="ltr"
          />
          <TextField
            {...form.register('email')}
            label={t('vendorProfile.email')}
            error={form.errorOf('email')}
            type="email"
            autoComplete="email"
            dir="ltr"
          />
        </div>
        <TextField
          {...form.register('address')}
          label={t('vendorProfile.address')}
          error={form.errorOf('address')}
          autoComplete="street-address"
          dir="auto"
        />
      </fieldset>
      <fieldset className="grid gap-5 border-t border-line pt-5 sm:grid-cols-2">
        <legend className="sr-only">{t('vendorProfile.links.title')}</legend>
        {linkKinds.map((kind) => (
          <TextField
            key={kind}
            {...form.register(kind)}
            label={t(`vendorProfile.links.${kind}`)}
            error={form.errorOf(kind)}
            inputMode="url"
            autoComplete="off"
            dir="ltr"
          />
        ))}
      </fieldset>
      <FormFailure failure={form.failure} />
      <Button type="submit" busy={form.isBusy} disabled={!form.isReady} className="justify-self-start">
        {t('account.profile.save')}
      </Button>
    </form>
  );
}
