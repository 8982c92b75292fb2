import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from '#lib/core/i18n/navigation.ts';

/** The heading of a part of a page, with the way to all of it. */
export function SectionHeading({
  id,
  children,
  more,
}: {
  id: string;
  children: ReactNode;
  more?: { href: string; label: string } | null;
}) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
      <h2 id={id} className="text-lg font-semibold">
        {children}
      </h2>
      {more ? (
        <Link
          href={more.href}
          className="inline-flex items-center gap-1.5 rounded-sm text-sm font-semibold text-primary underline-offset-4 hover:underline"
        >
          {more.label}
          <ArrowRight aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        </Link>
      ) : null}
    </div>
  );
}
