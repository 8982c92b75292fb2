import { env } from '#lib/core/env/env.ts';
import type { NamedBot } from './bot-url.ts';

/** The bots of this installation that have a name. */
export function namedBots(): NamedBot[] {
  return env().bots.flatMap(({ platform, name }) => (name ? [{ platform, name }] : []));
}
