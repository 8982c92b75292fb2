import { expect, test } from 'vitest';
import { totalShare, type UploadItem } from '#components/files/use-uploads.ts';

const items = (...phases: UploadItem['sending'][]) =>
  phases.map((sending, id): UploadItem => ({ id, file: new File(['12345678'], `${id}.jpg`), sending }));
const done = { phase: 'done', image: {} } as unknown as UploadItem['sending'];

test('what is made ready before it is sent is nothing yet, and all is there when all is ready', () => {
  expect(totalShare(items({ phase: 'preparing' }, { phase: 'waiting' }))).toBe(0);
  const sent = totalShare(items({ phase: 'accepting' }, { phase: 'accepting' }));
  expect([sent > 0.9, sent < 0.995]).toEqual([true, true]);
  expect(totalShare(items({ phase: 'sending', share: 0.5 }))).toBeLessThan(0.5);
  expect(totalShare(items(done, { phase: 'failed', code: 'connectionLost', canRetry: true }))).toBe(1);
});
