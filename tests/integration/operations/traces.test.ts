import { createServer } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import { beginRequests } from '#lib/core/http/begin-request.ts';
import { createLog } from '#lib/core/log.ts';
import { startTracing } from '#lib/core/trace/start-tracing.ts';
import { stopTracing } from '#lib/core/trace/tracing.ts';
import { currentWork } from '#lib/core/trace/work-context.ts';
import { startWorker } from '#lib/worker/start-worker.ts';
import { must, newPhoto, painting, useConversions } from '#tests/support/conversions.ts';
import { createCollector } from '#tests/support/servers/collector.ts';

const { database } = useConversions();
afterAll(stopTracing);

test('one trace leads from a request over its job to the engine, and one name through all log lines', async () => {
  const collector = await createCollector();
  await startTracing('web', collector.url);
  beginRequests();
  const { actor, imageId } = await newPhoto();
  const lines: { msg: string; requestId?: string; queue?: string }[] = [];
  process.env.LOG_LEVEL = 'info';
  const log = createLog({ write: (line) => lines.push(JSON.parse(line)) });
  log.level = 'info';

  const server = createServer(async (request, response) => {
    if (request.url?.startsWith('/_next')) return void response.end();
    const made = await requestConversion(actor, { imageId, style: 'ink' });
    log.info('asked');
    response.end(made.ok ? made.value.id : made.code);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const answer = await fetch(`http://127.0.0.1:${port}/s/Abc123secretTOKEN?token=hunter2&phone=09121234567`, {
    headers: {
      'x-request-id': 'a-strangers-own-name',
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    },
  });
  const requestId = answer.headers.get('x-request-id') ?? '';
  const conversionId = await answer.text();
  const asset = await fetch(`http://127.0.0.1:${port}/_next/static/chunk.js`);
  await asset.arrayBuffer();
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  server.close();
  server.closeAllConnections();

  let seenByEngine: string | undefined;
  const worker = await startWorker({
    ...painting,
    stylise: async (job) => {
      seenByEngine = currentWork()?.requestId;
      log.info('painted');
      return painting.stylise(job);
    },
    close: async () => undefined,
  });
  await expect
    .poll(
      async () =>
        (await database().query('SELECT status FROM user_conversions WHERE id = $1', [conversionId]))[0]
          ?.status,
      { timeout: 20_000, interval: 50 },
    )
    .toBe('completed');
  await worker.stop();
  await stopTracing();

  expect(seenByEngine).toBe(requestId);
  expect(lines.map(({ msg, requestId: id, queue }) => [msg, id, queue])).toEqual([
    ['asked', requestId, undefined],
    ['painted', requestId, 'conversion.run'],
  ]);
  const spans = collector.spans;
  expect(spans.some(({ name }) => name.includes('_next'))).toBe(false);
  const named = (name: string) => must(one(spans.filter((span) => span.name === name)));
  const request = named('GET /s/:x');
  const job = named('job conversion.run');
  const engine = named('engine stylise');
  // A stranger's traceparent is not believed.
  expect(request.parentSpanId ?? '').toBe('');
  expect(request.traceId).not.toBe('a'.repeat(32));
  expect([job.traceId, engine.traceId]).toEqual([request.traceId, request.traceId]);
  expect(job.parentSpanId).toBe(request.spanId);
  expect(engine.parentSpanId).toBe(job.spanId);
  const sent = collector.bodies.join('');
  for (const secret of ['secretTOKEN', 'hunter2', '09121234567', imageId, actor.userId]) {
    expect(sent).not.toContain(secret);
  }
  await collector.close();
}, 40_000);

test('the queue carries the name of the request, and nothing else about it', async () => {
  const jobs = await database().query<{ data: Record<string, unknown> }>(
    "SELECT data FROM pgboss.job WHERE name = 'conversion.run'",
  );
  expect(jobs).toHaveLength(1);
  expect(Object.keys(jobs[0]?.data ?? {}).sort()).toEqual(['conversionId', 'origin']);
  expect(Object.keys(jobs[0]?.data.origin as object).sort()).toEqual(['requestId', 'traceparent']);
});

function one<T>(list: readonly T[]) {
  const [first] = list;
  return first !== undefined && list.length === 1
    ? ({ ok: true, value: first } as const)
    : ({ ok: false, code: 'internal', detail: `${list.length} instead of one` } as const);
}
