import type { VariantProps } from 'class-variance-authority';
import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { Link } from '#lib/core/i18n/navigation.ts';
import { buttonLook } from './button.tsx';

type Props = ComponentProps<typeof Link> & VariantProps<typeof buttonLook>;

/** A link to a page of ours that looks like a button. */
export function ButtonLink({ variant, size, wide, className, ...rest }: Props) {
  return <Link {...rest} className={clsx(buttonLook({ variant, size, wide }), className)} />;
}
