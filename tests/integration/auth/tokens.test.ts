import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { deleteAccount } from '#lib/account/delete-account.ts';
import { exportAccount } from '#lib/account/export-account.ts';
import { claimAnswer } from '#lib/auth/answer/store.ts';
import { changePassword } from '#lib/auth/password/change-password.ts';
import { listLiveSessions } from '#lib/auth/session/store.ts';
import { createToken, revokeToken } from '#lib/auth/token/change-tokens.ts';
import { userTokenInput } from '#lib/auth/token/input.ts';
import { listTokens } from '#lib/auth/token/list-tokens.ts';
import { hashToken } from '#lib/auth/token/token-text.ts';
import { db } from '#lib/db/client.ts';
import { decide } from '#lib/db/decide.ts';
import { ask, newToken } from '#tests/contract/api/client.ts';
import { must } from '#tests/support/conversions.ts';
import { readZip } from '#tests/support/formats/read-zip.ts';
import { password, signUpAndVerify, useIdentity } from '#tests/support/identity.ts';
import { quarters } from '#tests/support/pictures.ts';

const database = useIdentity(1000);

async function person() {
  const { accountId, claims, device } = await signUpAndVerify(database(), 'user');
  return { kind: 'user' as const, userId: accountId, sessionId: claims.sid, device };
}

const wish = { name: 'shop', scopes: ['photos:read'] as const, days: 90 as const, password };
const codeOf = async (answer: Response) => ((await answer.json()) as { code?: string }).code;

describe('a personal token', () => {
  it('is made with the password alone, shown once, and kept as a hash', async () => {
    const actor = await person();
    const wrong = await createToken(actor, { ...wish, password: 'not this one' }, randomUUID());
    expect(wrong).toMatchObject({ ok: false, fields: { password: 'auth.field.passwordNotYours' } });
    const id = randomUUID();
    const { token } = must(await createToken(actor, wish, id));
    expect(token).toMatch(/^stayler_[\w-]{43}$/);
    const rows = await database().query('SELECT * FROM api_tokens WHERE user_id = $1', [actor.userId]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token.slice(8, -4));
    expect(rows[0]).toMatchObject({ token_hash: hashToken(token), hint: token.slice(-4) });
    expect(JSON.stringify(await listTokens(actor))).not.toContain(token.slice(8, -4));
    // The same wish again, as when no answer came: the same token, and no second one.
    expect(must(await createToken(actor, wish, id)).token).toBe(token);
    expect(await listTokens(actor)).toHaveLength(1);
  });

  it('is refused what its kind cannot have, and a twenty-first is', async () => {
    expect(userTokenInput.safeParse({ ...wish, days: '90', scopes: ['gallery:write'] }).success).toBe(false);
    const actor = await person();
    await database().query(
      `INSERT INTO api_tokens (user_id, name, token_hash, hint, scopes)
       SELECT $1::uuid, 'x', md5($1::uuid::text || n) || md5(n::text), 'abcd', '{account:read}' FROM generate_series(1, 20) n`,
      [actor.userId],
    );
    const many = await createToken(actor, wish, randomUUID());
    expect(many).toMatchObject({ ok: false, code: 'token.tooMany' });
  });

  it('notes when it was used, and ends when its owner says so; somebody else cannot', async () => {
    const [actor, other] = [await person(), await person()];
    const { id, token } = await newToken(actor);
    expect((await listTokens(actor))[0]?.lastUsedAt).toBeNull();
    expect((await ask('GET', '/account', { token })).status).toBe(200);
    expect((await listTokens(actor))[0]?.lastUsedAt).toBeInstanceOf(Date);
    expect(await revokeToken(other, { id })).toMatchObject({ ok: false, code: 'notFound' });
    const living = () => listLiveSessions(db(), 'user', actor.userId, [id, actor.sessionId]);
    expect([...(await living())].sort()).toEqual([id, actor.sessionId].sort());
    must(await revokeToken(actor, { id }));
    // A stream of events that it opened ends by this.
    expect([...(await living())]).toEqual([actor.sessionId]);
    expect(await revokeToken(actor, { id })).toMatchObject({ ok: false, code: 'notFound' });
    expect((await ask('GET', '/account', { token })).status).toBe(401);
  });

  it('ends with the password that it was made under', async () => {
    const actor = await person();
    const { token } = await newToken(actor);
    const change = { password, newPassword: 'another sentence nobody guesses' };
    must(await changePassword(actor, change, actor.device));
    expect((await ask('GET', '/account', { token })).status).toBe(401);
    expect(await listTokens(actor)).toEqual([]);
  });

  it('opens nothing but the API', async () => {
    const { token } = await newToken(await person());
    const { GET } = await import('../../../app/api/conversions/route.ts');
    const request = new Request('http://localhost:3000/api/conversions', {
      headers: { authorization: `Bearer ${token}` },
    });
    expect((await GET(request)).status).toBe(401);
  });

  it('stands in the export of its account, without what opens, and goes with it', async () => {
    const actor = await person();
    const { token } = await newToken(actor);
    await ask('DELETE', `/photos/${randomUUID()}`, { token, headers: { 'idempotency-key': 'a key' } });
    const archive = await new Response(must(await exportAccount(actor))).arrayBuffer();
    const records =
      readZip(Buffer.from(archive))
        .find(({ name }) => name === 'records.json')
        ?.bytes.toString('utf8') ?? '';
    expect(JSON.parse(records).tokens).toMatchObject([{ name: 'a test', revoked_at: null }]);
    expect(records).not.toContain(hashToken(token));
    must(await deleteAccount(actor, { password }));
    for (const table of ['api_tokens', 'api_answers']) {
      expect(await database().query(`SELECT 1 FROM ${table} WHERE user_id = $1`, [actor.userId])).toEqual([]);
    }
  });
});

describe('an Idempotency-Key', () => {
  let token: string;
  let actor: Awaited<ReturnType<typeof person>>;
  beforeAll(async () => {
    actor = await person();
    ({ token } = await newToken(actor));
  });
  const form = async (width = 90) => {
    const body = new FormData();
    const bytes = new Uint8Array(await quarters(width, 60).jpeg().toBuffer());
    body.set('file', new File([bytes], 'me.jpg', { type: 'image/jpeg' }));
    return { token, body, headers: { 'idempotency-key': 'photo' } };
  };
  const countOf = async (what: string) => {
    const [row] = await database().query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${what} WHERE user_id = $1`,
      [actor.userId],
    );
    return row?.n;
  };

  it('makes a photo once, and answers it again; another one under it is refused', async () => {
    const first = await ask('POST', '/photos', await form());
    const made = await first.json();
    expect(first.status).toBe(201);
    // Another boundary, the same picture.
    const again = await ask('POST', '/photos', await form());
    expect([again.status, again.headers.get('idempotent-replayed'), await again.json()]).toEqual([
      201,
      'true',
      made,
    ]);
    expect(await countOf('images')).toBe(1);
    const other = await ask('POST', '/photos', await form(120));
    expect([other.status, await codeOf(other)]).toEqual([422, 'request.keyReused']);
  });

  it('charges eight requests at once a single time', async () => {
    const { items } = (await (await ask('GET', '/photos', { token })).json()) as { items: { id: string }[] };
    const body = { imageIds: [items[0]?.id], style: 'oil' };
    const headers = { 'idempotency-key': 'oil' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ask('POST', '/conversions', { token, headers, body })),
    );
    const codes = answers.map(({ status }) => status);
    expect(codes.filter((status) => status === 202).length).toBeGreaterThan(0);
    expect(codes.every((status) => status === 202 || status === 409)).toBe(true);
    const last = await ask('POST', '/conversions', { token, headers, body });
    expect(last.status).toBe(202);
    expect(await countOf('user_conversions')).toBe(1);
  });

  it('keeps no answer that may be another one the next time, and takes over what died', async () => {
    const headers = { 'idempotency-key': 'lost' };
    const path = `/photos/${randomUUID()}`;
    expect((await ask('DELETE', path, { token, headers })).status).toBe(404);
    expect((await ask('DELETE', path, { token, headers })).headers.get('idempotent-replayed')).toBe('true');
    const id = randomUUID();
    const hash = 'a'.repeat(64);
    const account = { kind: 'user', accountId: actor.userId } as const;
    const claim = () => decide((tx) => claimAnswer(tx, account, id, hash));
    expect(await claim()).toMatchObject({ isMine: true });
    expect(await claim()).toMatchObject({ isMine: false, answer: null });
    await database().query(
      "UPDATE api_answers SET claimed_at = now() - interval '61 seconds' WHERE id = $1",
      [id],
    );
    expect(await claim()).toMatchObject({ isMine: true });
  });

  it('is one that can be kept', async () => {
    const answer = await ask('DELETE', `/photos/${randomUUID()}`, {
      token,
      headers: { 'idempotency-key': 'x'.repeat(256) },
    });
    expect([answer.status, await codeOf(answer)]).toEqual([422, 'input.invalid']);
  });
});

describe('a body', () => {
  it('that is none of what is taken is refused with a problem that names the field', async () => {
    const { token } = await newToken(await person());
    const refused = await ask('POST', '/conversions', {
      token,
      body: { imageIds: ['x'], style: 'oil' },
      headers: { 'accept-language': 'fa' },
    });
    expect([refused.status, refused.headers.get('content-language')]).toEqual([422, 'fa']);
    expect(await refused.json()).toMatchObject({
      code: 'input.invalid',
      type: 'http://localhost:3000/developers#input.invalid',
      errors: [{ pointer: '#/imageIds' }],
    });
    const headers = { 'content-type': 'text/plain' };
    expect((await ask('POST', '/conversions', { token, body: {}, headers })).status).toBe(422);
    const photo = (body: Uint8Array, type = 'image/jpeg') =>
      ask('POST', '/photos', { token, body, headers: { 'content-type': type } });
    expect([(await photo(new Uint8Array(0))).status, (await photo(Buffer.from('words'))).status]).toEqual([
      415, 415,
    ]);
    expect((await photo(new Uint8Array(10 * 1024 * 1024 + 1))).status).toBe(413);
    expect(await codeOf(await photo(Buffer.from('<svg/>'), 'image/svg+xml'))).toBe('file.svg');
  });
});
