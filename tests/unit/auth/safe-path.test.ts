import { expect, it } from 'vitest';
import { safePath } from '#lib/auth/safe-path.ts';

it.each([
  ['/studio', '/studio'],
  ['/studio?style=ink#top', '/studio?style=ink#top'],
  ['/en/studio?style=ink', '/studio?style=ink'],
  ['/fa', '/'],
  ['/english', '/english'],
  ['//evil.example', '/home'],
  ['/\\evil.example', '/home'],
  ['/en//evil.example', '/home'],
  ['/..//evil.example', '/home'],
  ['/\t/evil.example', '/home'],
  ['https://evil.example', '/home'],
  ['javascript:alert(1)', '/home'],
  ['studio', '/home'],
  ['', '/home'],
  [undefined, '/home'],
  [['/a', '/b'], '/home'],
  [`/${'a'.repeat(600)}`, '/home'],
])('from %j one comes to %s', (asked, path) => {
  expect(safePath(asked, '/home')).toBe(path);
});
