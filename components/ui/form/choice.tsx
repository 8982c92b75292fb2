import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

type Props = Omit<ComponentProps<'input'>, 'type'> & {
  type?: 'radio' | 'checkbox';
  children: ReactNode;
  note?: ReactNode;
};

/** One radio button or checkbox with its words; the whole line can be pressed. */
export function Choice({ type = 'checkbox', children, note, className, ...input }: Props) {
  return (
    <label className={clsx('flex min-h-11 items-start gap-3 py-2', className)}>
      <input {...input} type={type} className="mt-1.5 size-5 shrink-0 accent-primary" />
      <span>
        {children}
        {note ? <span className="block text-sm text-muted">{note}</span> : null}
      </span>
    </label>
  );
}
