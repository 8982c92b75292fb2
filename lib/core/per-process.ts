const holder = globalThis as { aiStayler?: Map<string, object> };
holder.aiStayler ??= new Map();
const kept = holder.aiStayler;

/**
 * An object that exists once a process. Next.js bundles routes apart from each other and loads modules anew in
 * development, so a variable of a module may exist several times; this one stands on `globalThis` under its name.
 *
 * @param name One for each use, such as `jobs.sender`.
 * @param make Makes it at the first call; an empty object when it is left out.
 */
export function perProcess<T extends object>(name: string, make: () => T = () => ({}) as T): T {
  const known = kept.get(name) as T | undefined;
  if (known) return known;
  const made = make();
  kept.set(name, made);
  return made;
}
