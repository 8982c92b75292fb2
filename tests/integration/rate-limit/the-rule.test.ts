import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Budget, isShared } from '#lib/rate-limit/budget.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { type LimitKeys, type PolicyName, policies } from '#lib/rate-limit/policies.ts';
import { useIdentity } from '#tests/support/identity.ts';

/**
 * Decision 035: no request by X may use up a budget that Y needs, unless X proved something or it cost X. Every policy is
 * attacked from outside here, with what a stranger can have: addresses, a /48 of IPv6, phone numbers, the address of a link,
 * accounts of their own. Then somebody comes from elsewhere, for the same phone and the same link.
 */
useIdentity();

const names = Object.keys(policies) as PolicyName[];
const budgetsOf = (name: PolicyName): readonly Budget[] => policies[name];

type Keys = {
  address: string;
  phone: string;
  link: string;
  account: string;
  session: string;
  browser: string;
};
const ask = (name: PolicyName, keys: Keys) => checkLimit(name, keys as unknown as LimitKeys<PolicyName>);

const target = { phone: 'user|+989121234567', link: 'a link' };
const networks = 40;

/** A stranger's request: from one of many networks, a third of them from /64s of one /48. */
function stranger(turn: number): Keys {
  const inOne48 = `2001:db8:77:${randomInt(65_536).toString(16)}::${randomInt(65_536).toString(16)}`;
  const address = turn % 3 === 0 ? inOne48 : `10.66.${turn % networks}.${randomInt(256)}`;
  const who = `attacker ${turn % 50}`;
  const phone = turn % 4 === 0 ? `user|+98935${randomInt(1_000_000, 9_999_999)}` : target.phone;
  return { ...target, phone, address, account: who, session: who, browser: `${who} ${turn}` };
}

const honest: Keys = { ...target, address: '203.0.113.9', account: 'me', session: 'me', browser: 'mine' };

describe('after an attack by strangers, somebody elsewhere is let in by', () => {
  it.each(names)('%s', { timeout: 60_000 }, async (name) => {
    const isOwn = budgetsOf(name).every(({ per }) => ['account', 'session', 'phone+browser'].includes(per));
    const turns = isOwn ? 200 : 1200;
    let passed = 0;
    for (let turn = 0; turn < turns; turn += 60) {
      const wave = Array.from({ length: 60 }, (_, index) => ask(name, stranger(turn + index)));
      passed += (await Promise.all(wave)).filter(({ ok }) => ok).length;
    }
    expect(passed).toBeGreaterThan(0);
    expect(await ask(name, honest)).toEqual({ ok: true, value: null });
    expect(await ask(name, honest)).toEqual({ ok: true, value: null });
  });
});

it('one /48 or one /24 is one stranger where something is shared', async () => {
  const inside = (turn: number): Keys => ({ ...stranger(3 * turn), ...target, browser: `b${turn}` });
  for (const name of [
    'code.send',
    'code.sendScarce',
    'session.create',
    'link.unlock',
    'link.download',
  ] as const) {
    const all = await Promise.all(Array.from({ length: 300 }, (_, turn) => ask(name, inside(turn))));
    const shared = budgetsOf(name).find(isShared);
    const most = shared && 'narrows' in shared ? shared.points / 3 : 90;
    expect(all.filter(({ ok }) => ok).length, name).toBeLessThanOrEqual(most);
  }
});
