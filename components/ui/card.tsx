import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

/** A sheet of paper on the page's ground: a hairline, no shadow. */
export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return (
    <section
      {...rest}
      className={clsx('min-w-0 rounded-card border border-line bg-surface p-6 md:p-8', className)}
    />
  );
}
