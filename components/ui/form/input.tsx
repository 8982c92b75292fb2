import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

const look = [
  'w-full rounded-control border border-field bg-surface px-4 text-base text-ink text-ellipsis placeholder:text-muted',
  'transition-colors duration-quick hover:border-ink',
  'disabled:cursor-not-allowed disabled:bg-sunken disabled:opacity-70',
  'aria-invalid:border-danger',
];

/** One line of text. Numbers, phones and codes take `dir="ltr"`. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={clsx(look, 'h-12', className)} />;
}

/** Several lines of text; it grows with them, where the browser can, and forgets its rows then. */
export function Textarea({ className, rows = 4, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      {...rest}
      rows={rows}
      style={{ minHeight: `calc(${rows}lh + 1.625rem)` }}
      className={clsx(look, 'max-h-[60dvh] py-3 field-sizing-content', className)}
    />
  );
}
