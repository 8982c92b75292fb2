import type { ReactNode } from 'react';

/** A part of a page of administration, with its heading. */
export function Section({
  title,
  lead,
  aside,
  children,
}: {
  title: string;
  lead?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    // Without a name of its own: the table in it is a region of that name, and two of them would be one too many.
    <section className="grid min-w-0 grid-cols-1 gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 className="text-lg font-semibold">{title}</h2>
        {aside}
      </div>
      {lead ? <p className="max-w-text text-sm text-muted">{lead}</p> : null}
      {children}
    </section>
  );
}
