import { useLocale, useTranslations } from 'next-intl';
import { PasswordField } from '#components/ui/form/password-field.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { localePath } from '#lib/core/i18n/routing.ts';
import { linkLives, usualLinkLife } from '#lib/sharing/policy.ts';
import { copyText } from './copy-text.ts';

const same = 'same';

/** How long a link is to live; of one there is (`isEdit`), the end it has may stay. */
export function LifeField({ isEdit = false }: { isEdit?: boolean }) {
  const t = useTranslations();
  const lives = linkLives.map((days) => ({
    value: String(days ?? 0),
    label: days === null ? t('sharing.life.none') : t('sharing.life.days', { days }),
  }));
  return (
    <SelectField
      name="days"
      label={t(isEdit ? 'albumLinks.edit.life' : 'sharing.life.label')}
      defaultValue={isEdit ? same : String(usualLinkLife)}
      options={isEdit ? [{ value: same, label: t('albumLinks.edit.sameLife') }, ...lives] : lives}
    />
  );
}

/** What was chosen in a {@link LifeField}: days from now, null for no end, `same` for the end it has. */
export function daysOf(form: FormData): number | null | 'same' {
  const days = form.get('days');
  return days === same ? same : Number(days) || null;
}

/** A password for a link, or none; another one for a link that has one (`isAnother`). */
export function LinkPasswordField({ isAnother = false, error }: { isAnother?: boolean; error?: string }) {
  const t = useTranslations();
  return (
    <PasswordField
      name="password"
      label={t(isAnother ? 'albumLinks.edit.password' : 'sharing.password.label')}
      aside={t('ui.optional')}
      hint={t(isAnother ? 'albumLinks.edit.passwordHint' : 'sharing.password.hint')}
      error={error}
      autoComplete="new-password"
    />
  );
}

/** Puts the address of a new link on the clipboard; answers whether the browser allowed it. */
export function useCopyNew() {
  const locale = useLocale();
  return (path: string) => copyText(window.location.origin + localePath(locale, path));
}
