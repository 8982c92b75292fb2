import { describe, expect, it } from 'vitest';
import { isDatabaseUnavailable } from '#lib/db/unavailable.ts';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

describe('an error', () => {
  it.each([
    ['a server that is not there', withCode('ECONNREFUSED')],
    ['a server that shuts down', withCode('57P01')],
    ['too many connections', withCode('53300')],
    ['a full disk', withCode('53100')],
    ['a line that broke', withCode('08006')],
    ['no connection free in time', new Error('timeout exceeded when trying to connect')],
    ['no transaction in time', withCode('P2028')],
    [
      'one of them, packed by the client',
      new Error('query failed', { cause: { code: 'P2010', cause: withCode('57P03') } }),
    ],
  ])('of %s says that the database is away', (_, error) => {
    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  it.each([
    ['a constraint', withCode('23505')],
    ['a deadlock', withCode('40P01')],
    ['our own refusal', withCode('ST001')],
    ['a bug', new TypeError('x is not a function')],
    ['nothing', null],
  ])('of %s does not', (_, error) => {
    expect(isDatabaseUnavailable(error)).toBe(false);
  });
});
