import { vi } from 'vitest';

type Cookie = { name: string; value: string };

/** The request that doors see in a test: the framework's own way of asking is replaced, nothing else. */
const current = { headers: new Headers(), cookies: new Map<string, string>() };

vi.mock('next/headers', () => ({
  headers: async () => current.headers,
  cookies: async () => ({
    get: (name: string): Cookie | undefined => {
      const value = current.cookies.get(name);
      return value === undefined ? undefined : { name, value };
    },
    set: (name: string, value: string, options?: { maxAge?: number }) => {
      if (options?.maxAge === 0) current.cookies.delete(name);
      else current.cookies.set(name, value);
    },
  }),
}));

/**
 * What the next calls of a door are sent with: by a page of ours, as every browser says, unless the headers say
 * otherwise. Returns the browser's cookies, which the doors may change.
 */
export function asBrowser(cookies: Record<string, string>, headers: Record<string, string> = {}) {
  current.headers = new Headers({ 'sec-fetch-site': 'same-origin', ...headers });
  current.cookies = new Map(Object.entries(cookies));
  return current.cookies;
}
