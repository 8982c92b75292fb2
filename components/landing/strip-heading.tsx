import { ArrowRight } from 'lucide-react';
import { Link } from '#lib/core/i18n/navigation.ts';

type Props = { title: string; text: string /** Where all of it is. */; href: string; all: string };

/** The head of a part of the landing page: what it is, and the way to the whole of it. */
export function StripHeading({ title, text, href, all }: Props) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
      <div>
        <h2 className="text-xl font-extrabold md:text-2xl">{title}</h2>
        <p className="mt-2 max-w-text text-muted">{text}</p>
      </div>
      <Link
        href={href}
        className="inline-flex items-center gap-2 rounded-sm font-semibold text-primary underline-offset-4 hover:underline"
      >
        {all}
        <ArrowRight aria-hidden="true" className="size-4 rtl:-scale-x-100" />
      </Link>
    </div>
  );
}
