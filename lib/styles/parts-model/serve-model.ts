import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { PartsModelError } from './open-network.ts';
import { readPartsModel } from './read-file.ts';

const kept = perProcess<{ bytes?: Promise<Buffer> }>('styles.partsModel', () => ({}));

/** What browsers may fetch of the operator's network, read once; null where there is none for them. */
export async function modelForBrowsers(): Promise<{ bytes: Buffer; sha256: string } | null> {
  const settings = env().partsModel;
  if (!settings?.inBrowser) return null;
  kept.bytes ??= readPartsModel(settings);
  try {
    return { bytes: await kept.bytes, sha256: settings.sha256 };
  } catch (error) {
    delete kept.bytes;
    if (!(error instanceof PartsModelError)) throw error;
    log.error({ detail: error.message }, 'the parts network is not given to browsers');
    return null;
  }
}
