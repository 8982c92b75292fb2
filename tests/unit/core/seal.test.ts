import { expect, it } from 'vitest';
import { contentSecurityPolicy } from '#lib/core/http/security-headers.ts';
import { checkWayOut } from '#scripts/doctor/check-settings.ts';

Object.assign(process.env, {
  DATABASE_URL: 'postgres://a:b@localhost/c',
  ENAMAD_ID: '42',
  ENAMAD_CODE: 'aB3',
});

it('pages of a site with a seal may load its picture, and nothing else from there', () => {
  const policy = Object.fromEntries(
    contentSecurityPolicy('n')
      .split('; ')
      .map((rule) => [rule.split(' ', 1)[0], rule]),
  );
  expect(policy['img-src']).toBe("img-src 'self' data: blob: https://trustseal.enamad.ir");
  for (const [name, rule] of Object.entries(policy))
    if (name !== 'img-src') expect(rule).not.toContain('enamad');
});

it('the doctor says when a proxy is named that Node.js does not use', () => {
  const source = (more: Record<string, string>) => more as unknown as NodeJS.ProcessEnv;
  expect(checkWayOut(source({}))).toEqual([]);
  expect(checkWayOut(source({ HTTPS_PROXY: 'http://proxy' }))).toMatchObject([{ state: 'red' }]);
  expect(checkWayOut(source({ https_proxy: 'http://proxy', NODE_USE_ENV_PROXY: '1' }))).toMatchObject([
    { state: 'green' },
  ]);
});
