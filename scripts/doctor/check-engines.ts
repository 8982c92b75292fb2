import type { Env } from '#lib/core/env/env.ts';
import { type EngineLook, engineLooks, enginesFor } from '#lib/core/env/style-env.ts';
import { serviceOf } from '#lib/styles/choose-engine.ts';
import { amber, type Check, green, red } from './finding.ts';

/** What the settings of hosted engines leave open. */
export function checkEngineSettings({ engines, spending }: Env): Check[] {
  if (engines.length === 0) return [];
  const makers = (look: EngineLook) => enginesFor(look, engines).map(({ name }) => name);
  const order = engineLooks.map((look) => `${look}: ${makers(look).join(', then ') || 'our own'}`);
  const orders = new Set(order.map((line) => line.replace(/^\w+: /, '')));
  const found = [green(`pictures are made by ${orders.size === 1 ? [...orders][0] : order.join('; ')}`)];
  for (const { name, country } of engines)
    if (country === '')
      found.push(
        amber(
          `no COUNTRY is set for the engine ${name}`,
          'People are told where their photo goes: name the country.',
        ),
      );
  if (!spending.engine?.limitRials && engines.some(({ priceRials }) => priceRials > 0))
    found.push(
      amber('ENGINE_DAILY_LIMIT_RIALS is not set', 'Nothing ends a day that costs too much: set it.'),
    );
  return found;
}

/** Asks every hosted engine for something that costs nothing, with its key. */
export async function checkEngines({ engines }: Env): Promise<Check[]> {
  return Promise.all(
    engines.map(async (settings) => {
      const { name } = settings;
      const status = await serviceOf(settings).check();
      if (status === null)
        return red(`the engine ${name} does not answer`, 'Look at its BASE_URL and the way out.');
      if (status === 401 || status === 403)
        return red(`the engine ${name} refuses our key (${status})`, 'Look at its KEY.');
      if (status >= 500 || status === 429)
        return amber(`the engine ${name} answers ${status}`, 'Others are asked first until it is well.');
      return green(`the engine ${name} answers`);
    }),
  );
}
