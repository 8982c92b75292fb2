import type { ReactNode } from 'react';
import { Link } from '#lib/core/i18n/navigation.ts';

/** A question and the link that answers it. */
export function AuthLink({
  question,
  href,
  children,
}: {
  question?: ReactNode;
  href: string;
  children: ReactNode;
}) {
  return (
    <p>
      {question ? <>{question} </> : null}
      <Link href={href} className="text-lapis underline underline-offset-4">
        {children}
      </Link>
    </p>
  );
}
