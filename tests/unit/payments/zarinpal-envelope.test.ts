import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEnvelope } from '#lib/payments/gateway/zarinpal-envelope.ts';

const read = (body: unknown, status = 200) => readEnvelope(status, JSON.stringify(body));

describe('an envelope', () => {
  it('holds data with a code, whether errors are there or not, and codes as text', () => {
    const data = { code: 100, authority: 'A' };
    for (const body of [{ data, errors: [] }, { data }, { data, errors: {} }, { data, errors: null }]) {
      expect(read(body)).toMatchObject({ kind: 'data', code: 100 });
    }
    expect(read({ data: { ...data, code: '101' } })).toMatchObject({ kind: 'data', code: 101 });
  });

  it('holds an error in every shape that was seen', () => {
    const error = { code: -51, message: 'no', validations: [] };
    for (const data of [[], {}, null, undefined, { code: 100 }]) {
      for (const errors of [error, [error], { ...error, code: '-51' }]) {
        for (const status of [200, 400, 401, 422, 500]) {
          expect(read({ data, errors }, status)).toEqual({ kind: 'error', code: -51 });
        }
      }
    }
    expect(read({ data: { code: -11 } })).toEqual({ kind: 'error', code: -11 });
  });

  it('that cannot be read is neither', () => {
    for (const body of [
      null,
      [],
      'text',
      7,
      {},
      { data: [] },
      { data: { status: 'PAID' } },
      { errors: { message: 'x' } },
    ]) {
      expect(read(body), JSON.stringify(body)).toMatchObject({ kind: 'unreadable' });
    }
    expect(readEnvelope(502, '<html>')).toMatchObject({ kind: 'unreadable' });
    // A success under an error's status is believed by nobody.
    expect(read({ data: { code: 100 } }, 500)).toMatchObject({ kind: 'unreadable' });
  });

  it('never throws, and never repeats what it was sent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.jsonValue(), (status, body) => {
        const answer = read(body, status);
        expect(['data', 'error', 'unreadable']).toContain(answer.kind);
      }),
    );
    expect(JSON.stringify(readEnvelope(500, 'merchant 1234'))).not.toContain('1234');
  });
});
