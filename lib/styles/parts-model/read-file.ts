import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { EnvError } from '#lib/core/env/env.ts';
import type { PartsModelSettings } from '#lib/core/env/parts-env.ts';
import { PartsModelError } from './open-network.ts';

/** Far more than such a network weighs; a path that names a film by mistake is not read into memory. */
const mostBytes = 256 * 2 ** 20;

/** The operator's file, as it was vouched for. Throws {@link PartsModelError}, which names the file. */
export async function readPartsModel({ file, sha256 }: PartsModelSettings): Promise<Buffer> {
  const wrong = (what: string) => new PartsModelError(`PARTS_MODEL ${file}: ${what}`);
  const bytes = await stat(file)
    .then(({ size }) => {
      if (size > mostBytes) throw wrong(`it has more than ${mostBytes / 2 ** 20} MiB`);
      return readFile(file);
    })
    .catch((error: NodeJS.ErrnoException) => {
      throw error instanceof PartsModelError ? error : wrong(`it cannot be read (${error.code})`);
    });
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw wrong(`its SHA-256 is ${found} and not what PARTS_MODEL_SHA256 says`);
  return bytes;
}

/** Says before the first job what is wrong with the file. Throws {@link EnvError}. */
export async function requirePartsModel(settings: PartsModelSettings): Promise<void> {
  await readPartsModel(settings).catch((error: unknown) => {
    throw error instanceof PartsModelError ? new EnvError(error.message) : error;
  });
}
