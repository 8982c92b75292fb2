'use client';

import { clsx } from 'clsx';
import { useLocale } from 'next-intl';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { direction } from '#lib/core/i18n/routing.ts';

/** A button's short list of things to do. The page behind stays alive. */
export function Menu({ children }: { children: ReactNode }) {
  return (
    <Radix.Root dir={direction[useLocale()]} modal={false}>
      {children}
    </Radix.Root>
  );
}

/** What opens it: `<MenuTrigger asChild><Button/></MenuTrigger>`. */
export const MenuTrigger = Radix.Trigger;

/** The list itself; it has the name of the button that opens it. */
export function MenuContent({ children }: { children: ReactNode }) {
  return (
    <Radix.Portal>
      <Radix.Content
        align="end"
        sideOffset={8}
        collisionPadding={12}
        className="z-50 max-w-(--radix-dropdown-menu-content-available-width) min-w-52 animate-float rounded-control border border-transparent bg-raised p-1.5 shadow-float"
      >
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}

/** One thing to do; with `asChild` it can be a link. */
export function MenuItem({ className, ...rest }: ComponentProps<typeof Radix.Item>) {
  return (
    <Radix.Item
      {...rest}
      className={clsx(
        'flex min-h-11 w-full items-center gap-3 rounded-sm px-3 text-start text-sm select-none focus-visible:-outline-offset-2',
        'data-[disabled]:opacity-55 data-[highlighted]:bg-sunken [&_svg]:size-4.5 [&_svg]:shrink-0 [&_svg]:text-muted',
        className,
      )}
    />
  );
}

/** A hairline between groups. */
export function MenuSeparator() {
  return <Radix.Separator className="my-1.5 h-px bg-line" />;
}
