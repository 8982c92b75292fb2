import { cva, type VariantProps } from 'class-variance-authority';
import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { Spinner } from './spinner.tsx';

/** How a button looks; links that act as buttons wear it too (`button-link.tsx`). */
export const buttonLook = cva(
  [
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-control border font-semibold whitespace-nowrap select-none',
    'transition-colors duration-quick ease-out',
    'disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55',
    '[&_svg]:size-5 [&_svg]:shrink-0',
  ],
  {
    variants: {
      variant: {
        primary: 'border-transparent emphasised bg-primary text-on-primary hover:bg-primary-hover',
        secondary: 'border-field bg-surface text-ink hover:bg-sunken',
        quiet: 'border-transparent text-ink hover:bg-sunken',
        danger: 'border-transparent emphasised bg-danger text-on-danger hover:bg-danger-hover',
      },
      size: {
        sm: 'h-9 px-3 text-sm',
        md: 'h-11 px-5 text-sm',
        lg: 'h-13 px-7 text-base',
        icon: 'size-11',
      },
      wide: { true: 'w-full' },
    },
    defaultVariants: { variant: 'primary', size: 'md' },
  },
);

type Props = ComponentProps<'button'> & VariantProps<typeof buttonLook> & { busy?: boolean };

/**
 * A button. While `busy` it stays focusable and keeps its width, shows that it works, and neither acts
 * nor submits when pressed again.
 */
export function Button({
  variant,
  size,
  wide,
  busy = false,
  className,
  children,
  type = 'button',
  onClick,
  ...rest
}: Props) {
  return (
    <button
      {...rest}
      type={busy ? 'button' : type}
      onClick={busy ? undefined : onClick}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled']}
      className={clsx(buttonLook({ variant, size, wide }), 'relative', className)}
    >
      {busy ? (
        <>
          <span className="inline-flex items-center gap-2 opacity-0">{children}</span>
          <span className="absolute inset-0 grid place-content-center">
            <Spinner />
          </span>
        </>
      ) : (
        children
      )}
    </button>
  );
}
