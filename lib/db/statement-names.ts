/** Every name is a plan that every connection may keep: some kilobytes each, on the server. */
const mostNames = 300;
/** What is asked this often will be asked again. A list of changing length is another text each time. */
const askedBefore = 2;
/** Of texts that have no name yet; forgotten all at once when there are so many. */
const mostCounted = 2000;

/**
 * Names statements, so that the server parses and plans each once a connection and not once a call (measured on the session
 * check: see docs/decisions/049). One namer a pool: a name stands for one text.
 *
 * @returns The name of a statement's text; empty for one that is not asked often, and when the names are used up.
 */
export function statementNamer(): (text: string) => string {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  return (text) => {
    const name = names.get(text);
    if (name !== undefined) return name;
    if (names.size >= mostNames) return '';
    const count = (counts.get(text) ?? 0) + 1;
    if (count <= askedBefore) {
      if (counts.size >= mostCounted) counts.clear();
      counts.set(text, count);
      return '';
    }
    counts.delete(text);
    const made = `s${names.size + 1}`;
    names.set(text, made);
    return made;
  };
}

/**
 * Whether a connection goes through a pooler that gives each transaction another server connection, as `pgbouncer=true` in
 * the URL says (Prisma's own sign): there a name may be unknown, or another's.
 */
export function isPooledByTransaction(databaseUrl: string): boolean {
  return new URL(databaseUrl).searchParams.get('pgbouncer') === 'true';
}
