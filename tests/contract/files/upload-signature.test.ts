import { generateKey, generateSignedURL, verifySignature } from '@uploadthing/shared';
import * as Micro from 'effect/Micro';
import * as Redacted from 'effect/Redacted';
import { describe, expect, test } from 'vitest';
import { readSignedUpload, signUpload } from '#lib/files/upload/signature.ts';

const apiKey = 'sk_local_0123456789abcdef0123456789abcdef';
const ingestUrl = 'http://localhost:3210/api/ut';
const appId = 'aistayler';

async function sdkAddress(data: Record<string, string | number | undefined> = {}, ttlInSeconds = 900) {
  const key = await Micro.runPromise(
    generateKey({ name: 'a.png', size: 5, type: 'image/png', lastModified: 1 }, appId),
  );
  const url = await Micro.runPromise(
    generateSignedURL(`${ingestUrl}/${key}`, Redacted.make(apiKey), {
      ttlInSeconds,
      data: {
        'x-ut-identifier': appId,
        'x-ut-file-name': "my photo (1)'s عکس.png",
        'x-ut-file-size': 5,
        'x-ut-file-type': 'image/png',
        'x-ut-slug': 'photo',
        'x-ut-custom-id': 'c'.repeat(32),
        'x-ut-content-disposition': 'inline',
        ...data,
      },
    }),
  );
  return { key, url };
}

const read = (requestUrl: string, now?: number) =>
  readSignedUpload({ requestUrl, ingestUrl, apiKey, appId, now });

describe('the signature', () => {
  test('is the one the SDK makes, for an address and for a body', async () => {
    const address = `${ingestUrl}/KEY?expires=1795374668711&x-ut-identifier=aistayler&x-ut-file-name=my%2520photo%2520%281%29%27s.png&x-ut-file-size=5&x-ut-file-type=image%252Fpng&x-ut-slug=photo&x-ut-content-disposition=inline&x-ut-acl=private`;
    expect(signUpload(address, apiKey)).toBe(
      'hmac-sha256=2c5af96365f66e8fb55c19dc6baa00adecb66441b4be89da3dcaf832c42f9ce0',
    );
    expect(signUpload('{}', apiKey)).toBe(
      'hmac-sha256=1ae9bb2494664479282a3042eafff4d8a35da26470d39f31b8aa35ec3282ae91',
    );
    const body = JSON.stringify({ name: 'عکس' });
    expect(
      await Micro.runPromise(verifySignature(body, signUpload(body, apiKey), Redacted.make(apiKey))),
    ).toBe(true);
  });

  test('of an address that the SDK signed is read back, under whatever host it comes', async () => {
    const { key, url } = await sdkAddress();
    const expected = {
      key,
      uploadId: 'c'.repeat(32),
      slug: 'photo',
      fileName: "my photo (1)'s عکس.png",
      fileSize: 5,
      mimeType: 'image/png',
    };
    expect(read(url)).toEqual(expected);
    expect(read(url.replace('localhost:3210', '192.168.1.5:8080'))).toEqual(expected);
  });

  test.each([
    ['another size', (url: string) => url.replace('x-ut-file-size=5', 'x-ut-file-size=6')],
    ['another name', (url: string) => url.replace('my%2520photo', 'my%2520phoot')],
    ['another key', (url: string) => url.replace(/ut\/(.)/, (_, first) => `ut/${first === 'a' ? 'b' : 'a'}`)],
    ['an added field', (url: string) => url.replace('&signature', '&x-ut-acl=public-read&signature')],
    ['a second signature', (url: string) => `${url}&signature=hmac-sha256%3D00`],
    ['no signature', (url: string) => url.replace(/&signature=.*/, '')],
    ['an empty signature', (url: string) => url.replace(/&signature=.*/, '&signature=')],
    [
      'a signature that cannot be decoded',
      (url: string) => url.replace(/&signature=.*/, '&signature=%E0%A4%A'),
    ],
    ['a later end', (url: string) => url.replace(/expires=(\d+)/, (_, at) => `expires=${Number(at) + 1}`)],
    ['a path in its key', (url: string) => url.replace(/ut\/\w+/, 'ut/..%2F..%2Fetc')],
  ])('does not hold for %s', async (_name, forge) => {
    expect(read(forge((await sdkAddress()).url))).toBeNull();
  });

  test('does not hold after its end, for another installation, or under another secret', async () => {
    const { url } = await sdkAddress();
    expect(read(url, Date.now() + 901_000)).toBeNull();
    expect(read((await sdkAddress({ 'x-ut-identifier': 'other' })).url)).toBeNull();
    expect(readSignedUpload({ requestUrl: url, ingestUrl, apiKey: `${apiKey}0`, appId })).toBeNull();
  });
});
