import type { ReactNode } from 'react';
import { Khatam } from './khatam.tsx';

type Props = { title: ReactNode; children?: ReactNode; action?: ReactNode };

/** Nothing here yet: says so, and names the next step. */
export function EmptyState({ title, children, action }: Props) {
  return (
    <div className="grid justify-items-center gap-3 px-6 py-16 text-center">
      <Khatam className="mb-3 size-24 text-field" />
      <h2 className="text-lg font-semibold">{title}</h2>
      {children ? <p className="max-w-form text-sm text-muted">{children}</p> : null}
      {action ? <div className="mt-4">{action}</div> : null}
    </div>
  );
}
