import { actOutside } from '#lib/db/walls/acting.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { openUploads } from '#lib/files/upload/open-uploads.ts';
import { asUser } from '../files.ts';
import { put, storedBytes } from '../upload-client.ts';

actOutside('system');

/** A second web process of the same installation, asked over the channel of its parent. */
const userId = process.env.TEST_USER_ID ?? '';
const uploads = openUploads({ userOf: async () => ({ userId }), vendorOf: async () => null });

type Question = { head?: string; put?: string; get?: string; bytes?: string; start?: number };

async function answer({ head, put: url, get, bytes = '', start = 0 }: Question): Promise<object> {
  if (head) return { stored: await storedBytes(uploads, head) };
  if (url) {
    const { status, body } = await put(uploads, url, Buffer.from(bytes, 'base64'), { start });
    return { status, ...(body.serverData as object) };
  }
  const [, , , id = '', variant = ''] = get?.split('/') ?? [];
  const response = await serveFile(new Request(`http://localhost:3000${get}`), id, variant, {
    store: fileStore(),
    userOf: async () => asUser(userId),
    vendorOf: async () => null,
  });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()).toString('base64') };
}

process.on('message', (question: Question) => {
  void answer(question).then((given) => process.send?.(given));
});
process.send?.('ready');
