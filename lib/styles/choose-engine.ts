import { env } from '#lib/core/env/env.ts';
import type { HostedEngineSettings } from '#lib/core/env/style-env.ts';
import { createGeminiService } from './hosted/gemini-service.ts';
import { createHostedEngine } from './hosted/hosted-engine.ts';
import { meteredService } from './hosted/metered-service.ts';
import { createOpenAiService } from './hosted/openai-service.ts';
import { createLocalEngine } from './node/local-engine.ts';
import type { StyleEngine } from './style-engine.ts';

/** A picture takes services ten to forty seconds. */
const callTimeoutMs = 55_000;

/** The engine that makes results here: the local one, or the service that the environment names. */
export function chooseEngine(
  settings: HostedEngineSettings | null = env().hostedEngine,
): StyleEngine & { close(): Promise<void> } {
  if (!settings) return createLocalEngine();
  const create = settings.provider === 'gemini' ? createGeminiService : createOpenAiService;
  return createHostedEngine(meteredService(create(settings, callTimeoutMs)));
}
