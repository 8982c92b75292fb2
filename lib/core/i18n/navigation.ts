import { createNavigation } from 'next-intl/navigation';
import { routing } from './routing.ts';

/** Links and redirects that keep the reader's locale. Use these in place of `next/link` and `next/navigation`. */
export const { Link, redirect, permanentRedirect, usePathname, useRouter, getPathname } =
  createNavigation(routing);
