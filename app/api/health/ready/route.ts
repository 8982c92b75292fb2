import { isDatabaseReady } from '#lib/db/health.ts';

/** Whether this process can serve people now: the database answers and has the schema we were built for. */
export async function GET(): Promise<Response> {
  const ready = await isDatabaseReady();
  return Response.json(
    { status: ready ? 'ready' : 'not ready' },
    {
      status: ready ? 200 : 503,
      headers: { 'cache-control': 'no-store', ...(ready ? {} : { 'retry-after': '2' }) },
    },
  );
}
