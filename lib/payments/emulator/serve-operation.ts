import { setTimeout as sleep } from 'node:timers/promises';
import { type GatewayAnswer, lostAnswer } from './answers.ts';
import { type Face, faultEndpoint } from './faces.ts';
import { noteRequest, takeFault } from './schema-store.ts';
import { type Fault, faultSchema, type Settings } from './settings.ts';

/** As long as anybody waits; nothing hangs for ever in a server. */
const hangMs = 60_000;

const codeOf = (answer: GatewayAnswer) =>
  answer.ok ? Number(answer.data.code ?? answer.data.result) : answer.code;

function sessionIn(body: unknown, key: string): string | null {
  const session = (Object(body) as Record<string, unknown>)[key];
  return typeof session === 'string' || typeof session === 'number' ? String(session).slice(0, 64) : null;
}

/** What a fault answers instead of the operation; null when the operation is to be done. */
async function answerFault(
  fault: Fault | null,
  request: Request,
  respond: (answer: GatewayAnswer) => Response,
): Promise<Response | null> {
  switch (fault?.kind) {
    case 'latency':
      await sleep(fault.ms);
      return null;
    case 'hang':
      await sleep(hangMs, undefined, { signal: request.signal }).catch(() => undefined);
      return lostAnswer();
    case 'reset':
      return lostAnswer();
    case 'html502':
      return new Response('<html><body><h1>502 Bad Gateway</h1></body></html>', {
        status: 502,
        headers: { 'content-type': 'text/html' },
      });
    case 'json500':
      return Response.json({ message: 'Server Error' }, { status: 500 });
    case 'invalidJson':
      return new Response('{"data":{"code":100,', { headers: { 'content-type': 'application/json' } });
    case 'code':
      return respond({ ok: false, code: fault.code });
    default:
      return null;
  }
}

/** One call of the JSON interface, with whatever is to go wrong with it. */
export async function serveOperation(
  name: string,
  request: Request,
  settings: Settings,
  face: Face,
): Promise<Response> {
  const operation = face.operations[name];
  if (!operation || (name === 'feeCalculation' && !settings.feeCalculation)) {
    return new Response('<html><body>404 Not Found</body></html>', {
      status: 404,
      headers: { 'content-type': 'text/html' },
    });
  }
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
  const body: unknown = await request.json().catch(() => null);
  const authority = sessionIn(body, face.sessionKey);
  const endpoint = faultEndpoint(face.name, name);
  const respond = (answer: GatewayAnswer) => face.respond(answer, settings, name);
  const read = faultSchema.safeParse(await takeFault(endpoint, authority));
  const fault = read.success ? read.data : null;
  const entry = { endpoint, authority, fault: fault?.kind ?? null };
  const instead = await answerFault(fault, request, respond);
  if (instead) {
    await noteRequest({ ...entry, code: fault?.kind === 'code' ? fault.code : null });
    return instead;
  }
  const answer = await operation(body, settings, request.headers.get('referer'));
  await noteRequest({ ...entry, code: codeOf(answer) });
  if (fault?.kind === 'commitThenDrop') return lostAnswer();
  return respond(answer);
}
