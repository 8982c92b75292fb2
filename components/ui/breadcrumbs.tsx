import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '#lib/core/i18n/navigation.ts';

type Step = { href: string; text: ReactNode };

/** Where a page deep in the house stands: the pages above it, the highest first. The page's own title follows. */
export function Breadcrumbs({ steps, className }: { steps: readonly Step[]; className?: string }) {
  const t = useTranslations('ui');
  return (
    <nav aria-label={t('breadcrumbs')} className={className}>
      <ol className="flex flex-wrap items-center gap-x-1 gap-y-0.5 text-sm text-muted">
        {steps.map(({ href, text }) => (
          <li key={href} className="flex max-w-full min-w-0 items-center gap-1">
            <Link
              href={href}
              className="min-w-0 truncate rounded-sm py-1 underline-offset-4 hover:text-ink hover:underline"
            >
              {text}
            </Link>
            <ChevronRight aria-hidden="true" className="size-4 shrink-0 rtl:-scale-x-100" />
          </li>
        ))}
      </ol>
    </nav>
  );
}
