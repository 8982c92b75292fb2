import { expect, test } from 'vitest';
import { forEngine } from '#lib/core/i18n/engine-words.ts';
import { lookKinds } from '#lib/gallery/look/kinds.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };

test.each([
  ['fa', fa],
  ['en', en],
])('a button never promises what the engine at work does not do (%s)', (_, all) => {
  const [ours, hosted] = [forEngine(all, []).looks, forEngine(all, [{ looks: null }]).looks];
  for (const group of ['try', 'does'] as const) {
    expect(Object.keys(ours[group])).toEqual([...lookKinds]);
    expect(Object.keys(hosted[group])).toEqual([...lookKinds]);
    // Ours takes the cloth and the shade; only a hosted one takes the garment and the cut.
    for (const kind of ['garment', 'hair'] as const) expect(hosted[group][kind]).not.toBe(ours[group][kind]);
    expect(ours[group].garment).toMatch(/cloth|پارچه/);
    expect(hosted[group].garment).not.toMatch(/cloth|پارچه/);
  }
});
