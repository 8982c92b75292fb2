import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ButtonLink } from './button-link.tsx';

/** Leads to the following page of a list (keyset paging: there is only ever a next one). */
export function Pager({ href, label }: { href: string; label?: string }) {
  const t = useTranslations('ui');
  return (
    <nav aria-label={label ?? t('pages')} className="flex justify-center py-8">
      <ButtonLink variant="secondary" href={href} rel="next">
        {label ?? t('next')}
        <ArrowRight aria-hidden="true" className="rtl:-scale-x-100" />
      </ButtonLink>
    </nav>
  );
}
