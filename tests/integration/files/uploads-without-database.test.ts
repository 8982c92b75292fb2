import { afterAll, beforeAll, expect, test } from 'vitest';
import { openUploads } from '#lib/files/upload/open-uploads.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { type FaultProxy, startFaultProxy } from '#tests/support/fault-proxy.ts';
import { newUser, ownDataDir } from '#tests/support/files.ts';
import { quarters } from '#tests/support/pictures.ts';
import { askToUpload, put, signedAddress } from '#tests/support/upload-client.ts';

const data = ownDataDir();
const database = useTestDatabase();
let proxy: FaultProxy;
beforeAll(async () => {
  proxy = await startFaultProxy(database().url);
  process.env.DATABASE_URL = proxy.url;
});
afterAll(async () => {
  await proxy.close();
  await data.remove();
});

test('an upload is answered as unavailable while the database is away, and taken in afterwards', async () => {
  const { userId } = await newUser();
  const uploads = openUploads({ userOf: async () => ({ userId }), vendorOf: async () => null });
  const bytes = await quarters(80, 60).jpeg().toBuffer();
  const { url } = await signedAddress(uploads, bytes);
  proxy.refuse();
  const asked = await askToUpload(uploads, [{ name: 'x.jpg', size: bytes.length, type: 'image/jpeg' }]);
  expect([asked.status, asked.body]).toMatchObject([503, { message: 'service.unavailable' }]);
  proxy.reset();
  // The commit that would take it in is cut off: nothing of it happened, and the same bytes may be sent again.
  proxy.arm('cut before', 1);
  expect((await put(uploads, url, bytes)).body.serverData).toEqual({ error: 'service.unavailable' });
  expect((await put(uploads, url, bytes)).body.serverData).toMatchObject({ image: { width: 80 } });
});

test.each(['cut before', 'answer lost'] as const)(
  'an address that is given out leads somewhere, and one that is not takes no room: commit %s',
  async (fault) => {
    const { userId } = await newUser();
    const uploads = openUploads({ userOf: async () => ({ userId }), vendorOf: async () => null });
    const open = () => database().query('SELECT id FROM uploads WHERE user_id = $1', [userId]);
    const bytes = await quarters(80, 60).jpeg().toBuffer();
    const file = { size: bytes.length, type: 'image/jpeg' };
    proxy.reset();
    expect(await askToUpload(uploads, [{ name: 'plain.jpg', ...file }])).toMatchObject({ status: 200 });
    const commits = proxy.commits();
    expect(commits).toBeGreaterThanOrEqual(2);
    for (let commit = 0; commit < commits; commit += 1) {
      const before = await open();
      proxy.arm(fault, commit);
      const asked = await askToUpload(uploads, [{ name: `${fault} ${commit}.jpg`, ...file }]);
      proxy.reset();
      if (asked.status === 200) {
        const [place] = asked.body as { url: string }[];
        expect((await put(uploads, place?.url ?? '', bytes)).body.serverData).toHaveProperty('image');
      } else {
        expect([asked.status, asked.body]).toMatchObject([503, { message: 'service.unavailable' }]);
        expect(await open()).toEqual(before);
      }
    }
  },
);

test('bytes that were sent become a picture at once, whichever commit of that has no answer', async () => {
  const { userId } = await newUser();
  const uploads = openUploads({ userOf: async () => ({ userId }), vendorOf: async () => null });
  for (let commit = 0, commits = 1; commit < commits; commit += 1) {
    const bytes = await quarters(80 + commit, 60)
      .jpeg()
      .toBuffer();
    proxy.reset();
    const { url } = await signedAddress(uploads, bytes);
    proxy.arm('answer lost', commit);
    const answer = await put(uploads, url, bytes);
    commits = Math.max(commits, Math.min(proxy.commits(), 3));
    expect(answer.body.serverData, `commit ${commit}`).toHaveProperty('image');
  }
});
