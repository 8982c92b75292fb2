import { z } from 'zod';
import type { Operation } from '#lib/auth/door/token-route.ts';
import { scopesOf } from '#lib/auth/token/kinds.ts';
import { env } from '#lib/core/env/env.ts';
import { errorCodes } from '#lib/core/errors.ts';
import en from '#messages/en.json' with { type: 'json' };
import { operations } from './operations/table.ts';
import { name, named } from './shapes/named.ts';

type Json = { readonly [key: string]: unknown };

const problem = name(
  'Problem',
  z.strictObject({
    type: z.url(),
    title: z.string(),
    status: z.int(),
    code: z.enum(errorCodes as [string, ...string[]]),
    errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).optional(),
    retryAfterSeconds: z.int().optional(),
  }),
);

const options = { unrepresentable: 'any', target: 'draft-2020-12' } as const;

function withoutMeta(schema: unknown): Json {
  const { $schema: _dialect, $id: _id, ...rest } = schema as Json;
  return rest;
}

const reference = (schema: z.ZodType): Json => {
  const id = named.get(schema)?.id;
  if (!id) throw new Error('an answer has no name: lib/api/shapes');
  return { $ref: `#/components/schemas/${id}` };
};

/** A parameter's words stand beside its schema. */
function described({ description, ...schema }: Json): Json {
  return { ...(description ? { description } : {}), schema };
}

/** What a path or a query says and what a body says, of one schema of all of it. */
function inputOf({ input, path, method, pictureBytes }: Operation) {
  const whole = withoutMeta(z.toJSONSchema(input, { ...options, io: 'input' }));
  const properties = (whole.properties ?? {}) as Record<string, Json>;
  const required = (whole.required ?? []) as readonly string[];
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, part = '']) => part);
  const others = Object.keys(properties).filter((one) => !inPath.includes(one));
  const parameter = (place: 'path' | 'query') => (one: string) => ({
    name: one,
    in: place,
    required: place === 'path' || required.includes(one),
    ...described(properties[one] ?? { type: 'string' }),
  });
  const isQuery = method === 'GET' || method === 'DELETE' || pictureBytes !== undefined;
  const parameters = [
    ...inPath.map(parameter('path')),
    ...(isQuery ? others.map(parameter('query')) : []),
    ...(method === 'GET' ? [] : [{ $ref: '#/components/parameters/IdempotencyKey' }]),
  ];
  if (pictureBytes !== undefined) return { parameters, requestBody: pictureBody };
  const hasBody = !isQuery && (others.length > 0 || 'allOf' in whole);
  if (!hasBody) return { parameters };
  const rest = {
    ...whole,
    ...(whole.properties
      ? {
          properties: Object.fromEntries(others.map((one) => [one, properties[one]])),
          required: required.filter((one) => !inPath.includes(one)),
        }
      : {}),
  };
  return { parameters, requestBody: { required: true, content: { 'application/json': { schema: rest } } } };
}

const bytes = { type: 'string', format: 'binary' };
const form = { type: 'object', properties: { file: bytes }, required: ['file'] };
const pictureBody = {
  required: true,
  content: {
    'multipart/form-data': { schema: form },
    'image/*': { schema: bytes },
    'application/octet-stream': { schema: bytes },
  },
};

function answersOf({ answer }: Operation): Json {
  const problemAnswer = { $ref: '#/components/responses/Problem' };
  const failed = { '4XX': problemAnswer, '5XX': problemAnswer };
  const { status } = answer;
  if ('json' in answer) {
    const content = { 'application/json': { schema: reference(answer.json) } };
    return { [status]: { description: 'Done', headers, content }, ...failed };
  }
  if ('bytes' in answer) {
    const content = Object.fromEntries(answer.bytes.map((type) => [type, { schema: bytes }]));
    return { [status]: { description: 'The picture', headers, content }, ...failed };
  }
  if ('events' in answer) {
    const { id } = named.get(answer.events) ?? {};
    const content = { 'text/event-stream': { schema: { type: 'string' } } };
    return { [status]: { description: `Events; the data of each is a ${id}`, headers, content }, ...failed };
  }
  return { [status]: { description: 'Done', headers }, ...failed };
}

const headers = {
  RateLimit: { $ref: '#/components/headers/RateLimit' },
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
};

function pathsOf(): Json {
  const paths: Record<string, Json> = {};
  for (const one of operations) {
    const { method, path, id, scope } = one;
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: {
        operationId: id,
        summary: en.developers.operations[id],
        tags: [path.split('/')[1]],
        security: [{ token: scope ? [scope] : [] }],
        'x-account-kinds': one.for,
        ...inputOf(one),
        responses: answersOf(one),
      },
    };
  }
  return paths;
}

/** The document of the API (OpenAPI 3.1.1), made of the schemas that its doors read by and the shapes of its answers. */
export function makeDocument(): Json {
  const { schemas } = z.toJSONSchema(named, {
    ...options,
    io: 'output',
    uri: (id) => `#/components/schemas/${id}`,
  });
  return {
    openapi: '3.1.1',
    info: { title: en.site.name, version: '1', description: en.developers.document },
    servers: [{ url: `${env().nextauthUrl}/api/v1` }],
    security: [{ token: [] }],
    paths: pathsOf(),
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutMeta(schema)])),
      responses: {
        Problem: {
          description: 'What was wrong (RFC 9457)',
          content: { 'application/problem+json': { schema: reference(problem) } },
        },
      },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description: 'The same request under the same key is done once and answered the same for a day',
          schema: { type: 'string', minLength: 1, maxLength: 255 },
        },
      },
      headers: {
        RateLimit: { description: 'What is left: "policy";r=requests;t=seconds', schema: { type: 'string' } },
        RateLimitPolicy: { description: '"policy";q=requests;w=seconds', schema: { type: 'string' } },
      },
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: `Scopes of users: ${scopesOf.user.join(', ')}. Of vendors: ${scopesOf.vendor.join(', ')}.`,
        },
      },
    },
  };
}
