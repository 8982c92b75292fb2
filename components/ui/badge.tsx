import { clsx } from 'clsx';
import type { ReactNode } from 'react';

const looks = {
  neutral: 'bg-sunken text-muted',
  primary: 'bg-primary-soft text-primary',
  saffron: 'bg-saffron text-on-saffron',
  information: 'bg-lapis-soft text-lapis',
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
};

/** A word on a thing: its state or kind. */
export function Badge({ tone = 'neutral', children }: { tone?: keyof typeof looks; children: ReactNode }) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1 rounded-full px-2.5 py-0.5 text-xs font-semibold whitespace-nowrap [&_svg]:size-3.5',
        looks[tone],
      )}
    >
      {children}
    </span>
  );
}
