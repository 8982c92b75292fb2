import { headers } from 'next/headers';
import { pagePathHeader } from '#lib/auth/door/page-path.ts';

/** The token in the address of the page that is being shown; null where there is none. What a missing page is not given. */
export async function tokenOfPage(): Promise<string | null> {
  const path = (await headers()).get(pagePathHeader) ?? '';
  return /^\/[sa]\/([^/?]+)/.exec(path)?.[1] ?? null;
}
