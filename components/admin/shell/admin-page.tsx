import type { ReactNode } from 'react';
import { Breadcrumbs } from '#components/ui/breadcrumbs.tsx';

type Props = {
  title: ReactNode;
  /** The list this page was opened from. */
  above?: { href: string; text: string };
  lead?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
};

/** The frame of every page of administration: what it is, what can be done with all of it, and it. */
export function AdminPage({ title, above, lead, aside, children }: Props) {
  return (
    <main id="main" className="page grid w-full grow grid-cols-1 content-start gap-6 py-8 md:py-10">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="grid min-w-0 gap-1">
          {above ? <Breadcrumbs steps={[above]} /> : null}
          <h1 className="flex flex-wrap items-center gap-3 text-2xl font-extrabold">{title}</h1>
          {lead ? <p className="max-w-text text-sm text-muted">{lead}</p> : null}
        </div>
        {aside ? <div className="flex flex-wrap gap-3">{aside}</div> : null}
      </div>
      {children}
    </main>
  );
}
