import { describe, expect, it } from 'vitest';
import { historyQuery, renameInput, requestConversionsInput } from '#lib/conversions/input.ts';

const id = '0b8d6a52-8a4f-4c39-9f2e-3f6f3f0d9a11';

describe('what people send to the studio', () => {
  const takes = (input: unknown) => requestConversionsInput.safeParse(input).success;

  it('is photos and one look, and nothing else', () => {
    expect(takes({ imageIds: [id], style: 'noir' })).toBe(true);
    expect(takes({ imageIds: [id], reference: id })).toBe(true);
    expect(takes({ imageIds: [id], style: 'nope' })).toBe(false);
    expect(takes({ imageIds: [id] })).toBe(false);
    expect(takes({ imageIds: ['../etc'], style: 'noir' })).toBe(false);
    expect(requestConversionsInput.parse({ imageIds: [id], style: 'noir', userId: 'x', quota: 9 })).toEqual({
      imageIds: [id],
      style: 'noir',
    });
  });

  it('is one photo to ten, each once', () => {
    const ids = Array.from({ length: 11 }, (_, at) => id.replace(/..$/, String(at + 10)));
    expect(takes({ imageIds: [], style: 'noir' })).toBe(false);
    expect(takes({ imageIds: ids.slice(0, 10), style: 'noir' })).toBe(true);
    expect(takes({ imageIds: ids, style: 'noir' })).toBe(false);
    expect(takes({ imageIds: [id, id], style: 'noir' })).toBe(false);
  });

  it('names what of the history is shown, and shows all of it for nonsense', () => {
    expect(historyQuery.parse({ show: 'failed' }).filter).toEqual({ kind: 'failed' });
    expect(historyQuery.parse({ style: 'noir', show: 'failed' }).filter).toEqual({
      kind: 'style',
      style: 'noir',
    });
    for (const nonsense of [
      {},
      { show: ['failed', 'x'] },
      { style: "'" },
      { show: 7, cursor: 'x'.repeat(300) },
    ]) {
      expect(historyQuery.parse(nonsense)).toEqual({ filter: { kind: 'all' }, cursor: undefined });
    }
  });

  it('titles in one line, without marks that turn the text around; an empty one is none', () => {
    expect(renameInput.parse({ id, title: '  عکس \u202e من\n' }).title).toBe('عکس من');
    expect(renameInput.parse({ id, title: '   ' }).title).toBeNull();
    expect(renameInput.safeParse({ id, title: 'x'.repeat(81) }).success).toBe(false);
  });
});
