import { createNavigation } from 'next-intl/navigation';
import { type ComponentProps, createElement } from 'react';
import { routing } from './routing.ts';

const navigation = createNavigation(routing);

/** Redirects and paths that keep the reader's locale. Use these in place of `next/navigation`. */
export const { permanentRedirect, usePathname, useRouter } = navigation;

/**
 * A link that keeps the reader's locale. Nothing is fetched ahead: every page of ours is made for one person,
 * so a guess would cost the server a session and a query for each link on the screen.
 */
export function Link(props: ComponentProps<typeof navigation.Link>) {
  return createElement(navigation.Link, { prefetch: false, ...props });
}
