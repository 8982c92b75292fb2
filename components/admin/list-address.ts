/** What the address of a list says, as Next.js gives it. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** One value each: of several the first counts. */
export async function readListQuery(searchParams: SearchParams): Promise<Record<string, string | undefined>> {
  const query = await searchParams;
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}

/** The address of a list with these values; empty ones are left out. */
export function listAddress(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const filled = Object.entries(query).filter((one): one is [string, string] => Boolean(one[1]));
  return filled.length > 0 ? `${path}?${new URLSearchParams(filled)}` : path;
}
