import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { endAll, startWeb } from '#scripts/rig/processes.ts';
import { useConversions } from '#tests/support/conversions.ts';
import { startFaultProxy } from '#tests/support/fault-proxy.ts';
import { newGallery } from '#tests/support/galleries.ts';
import { noteRecovery } from '#tests/support/note-recovery.ts';
import { until } from './support/watch.ts';

const { database } = useConversions();
afterEach(endAll);

/** Longer than anything that is kept serves without being asked for again. */
const pastEveryEnd = 13_000;

test('87 the database away: pages for visitors go on as they were shown last in two web processes, and both show what changed afterwards', async ({
  task,
}) => {
  const gallery = await newGallery({ businessName: 'House of quiet' });
  const albumId = await gallery.addAlbum({ name: 'first', imageIds: [await gallery.addImage()] });
  const line = await startFaultProxy(database().url);
  const webs = await Promise.all([1, 2].map(() => startWeb({ DATABASE_URL: line.url })));
  const album = `/g/${gallery.handle}/${albumId}`;
  const paths = ['/', '/plans', '/explore', '/studio', `/g/${gallery.handle}`, album];
  const pages = webs.flatMap(({ url }) => paths.map((path) => `${url}${path}`));
  const show = async (page: string) => {
    const answer = await fetch(page, { signal: AbortSignal.timeout(15_000) });
    return { status: answer.status, isKept: answer.headers.has('x-kept'), text: await answer.text() };
  };
  const rename = (name: string) =>
    database().query('UPDATE albums SET name = $1 WHERE id = $2', [name, albumId]);
  const untilShown = (name: string) =>
    Promise.all(
      webs.map(({ url }) =>
        until(
          `${url} shows ${name}`,
          async () => (await show(`${url}${album}`)).text.includes(name),
          (isShown) => isShown,
          30_000,
        ),
      ),
    );
  const untilKept = async () => {
    for (const page of pages)
      await until(
        `${page} is kept`,
        async () => (await show(page)).isKept,
        (isKept) => isKept,
      );
  };
  await untilKept();
  await rename('second name');
  await untilShown('second name');
  // What a change has ended is not shown on: it may have been taken down. What was shown since then is.
  await untilKept();

  line.refuse();
  const awayUntil = Date.now() + pastEveryEnd;
  while (Date.now() < awayUntil) {
    const shown = await Promise.all(pages.map(show));
    expect(shown.map(({ status }, at) => [pages[at], status])).toEqual(pages.map((page) => [page, 200]));
    for (const [at, page] of pages.entries())
      if (page.endsWith(album)) expect(shown[at]?.text).toContain('second name');
    await sleep(1000);
  }
  // Said to nobody: the lines over which it would be are cut.
  await rename('third name');
  line.reset();
  const backAt = Date.now();
  await untilShown('third name');
  noteRecovery(task, backAt);
  await Promise.all(webs.map((web) => web.end('SIGTERM')));
  await line.close();
}, 180_000);
