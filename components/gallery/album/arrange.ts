/** Rules of moving things in a list, as the browser shows them before the server has answered. */

/** The list with `moved` put before another (null: last), in the order they are named. */
export function moveBefore(
  list: readonly string[],
  moved: readonly string[],
  before: string | null,
): string[] {
  const rest = list.filter((id) => !moved.includes(id));
  const at = before === null ? rest.length : rest.indexOf(before);
  return at < 0 ? [...list] : [...rest.slice(0, at), ...moved, ...rest.slice(at)];
}

/**
 * Before what things come to stand when one of them, `held`, is let go over `over`: one that comes from in front
 * takes the place behind it, one from behind it the place before it. Null: last of the list.
 */
export function targetOf(
  list: readonly string[],
  moved: readonly string[],
  held: string,
  over: string,
): string | null {
  const [from, to] = [list.indexOf(held), list.indexOf(over)];
  const after = from < to ? list.slice(to + 1) : list.slice(to);
  return after.find((id) => !moved.includes(id)) ?? null;
}
