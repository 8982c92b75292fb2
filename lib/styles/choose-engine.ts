import { env } from '#lib/core/env/env.ts';
import type { HostedEngineSettings } from '#lib/core/env/style-env.ts';
import { createEngineRow } from './hosted/engine-row.ts';
import { createGeminiService } from './hosted/gemini-service.ts';
import { createHostedEngine } from './hosted/hosted-engine.ts';
import type { HostedService } from './hosted/hosted-service.ts';
import { meteredService } from './hosted/metered-service.ts';
import { createOpenAiService } from './hosted/openai-service.ts';
import { createLocalEngine } from './node/local-engine.ts';
import type { StyleEngine } from './style-engine.ts';

/** A picture takes services ten to forty seconds. */
const callTimeoutMs = 55_000;

/** The service that these settings name. */
export function serviceOf(settings: HostedEngineSettings, timeoutMs = callTimeoutMs): HostedService {
  const create = settings.provider === 'gemini' ? createGeminiService : createOpenAiService;
  return create(settings, timeoutMs);
}

/** The engine that makes results here: the local one, or the services that the environment names, in their order. */
export function chooseEngine(
  engines: readonly HostedEngineSettings[] = env().engines,
): StyleEngine & { close(): Promise<void> } {
  const local = createLocalEngine();
  if (engines.length === 0) return local;
  const hosted = engines.map((settings) => ({
    settings,
    engine: createHostedEngine(meteredService(serviceOf(settings), settings.priceRials)),
  }));
  return createEngineRow(hosted, local);
}
