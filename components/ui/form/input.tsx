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

/** Several lines of text. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={4} {...rest} className={clsx(look, 'py-3', className)} />;
}
