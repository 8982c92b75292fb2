import { useLocale, useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import type { AccountKind } from '#lib/core/actor.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import { localePath } from '#lib/core/i18n/routing.ts';
import { billingPaths } from '../paths.ts';

type Props = {
  kind: AccountKind;
  plan: string;
  /** What was typed. */
  code: string | null;
  /** Why it takes nothing off, by the name of its sentence. */
  fault: string | null;
  isOn: boolean;
};

/** A code at the checkout: a plain form, so that it works before the page runs and a reload keeps it. */
export function CouponForm({ kind, plan, code, fault, isOn }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const path = billingPaths[kind].review(plan);
  if (isOn) {
    return (
      <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line pt-6 text-sm">
        <span>{t.rich('billing.coupon.on', { code: () => <bdi dir="ltr">{code}</bdi> })}</span>
        <Link href={path} className="text-lapis underline underline-offset-4">
          {t('billing.coupon.off')}
        </Link>
      </p>
    );
  }
  return (
    <form action={localePath(locale, path)} className="flex items-start gap-3 border-t border-line pt-6">
      <div className="min-w-0 grow">
        <TextField
          name="code"
          label={t('billing.coupon.label')}
          aside={t('ui.optional')}
          error={fault ? t(fault as 'billing.coupon.malformed') : undefined}
          defaultValue={code ?? ''}
          dir="ltr"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={60}
        />
      </div>
      <Button type="submit" variant="secondary" className="mt-7.5 h-12">
        {t('billing.coupon.apply')}
      </Button>
    </form>
  );
}
