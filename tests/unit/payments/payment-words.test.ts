import { describe, expect, it } from 'vitest';
import { paymentDisplay } from '#components/payments/payment/payment-display.ts';
import { isFinal } from '#lib/payments/payment-state.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };
import { paymentStates } from './payment-samples.ts';

const languages = { fa, en };
const sentences = (group: object, state: string): string[] => {
  const found = (group as Record<string, string | object>)[state];
  if (typeof found === 'object') return Object.values(found);
  return found ? [found] : [];
};

describe.each(['fa', 'en'] as const)('in %s', (locale) => {
  const { states, payment } = languages[locale].billing;

  it.each(paymentStates)('%s has a word, a truth and what it means', (state) => {
    expect(sentences(states, state)).toHaveLength(1);
    expect(sentences(payment.headline, state)).toHaveLength(1);
    expect(sentences(payment.text, state).length).toBeGreaterThan(0);
  });

  it('no two states are told alike', () => {
    for (const group of [states, payment.headline]) {
      expect(new Set(Object.values(group)).size).toBe(paymentStates.length);
    }
  });
});

describe('what may be done', () => {
  it('nobody is sent to pay again while money may be on its way', () => {
    for (const state of ['starting', 'checking', 'review', 'refunding'] as const) {
      expect(paymentDisplay[state].actions).not.toContain('again');
      expect(paymentDisplay[state].actions).not.toContain('goOn');
    }
  });

  it('who paid nothing, as far as we know, is told what becomes of money that a bank took', () => {
    const told = paymentStates.filter((state) => paymentDisplay[state].tellsOfMoney);
    expect(told).toEqual(['cancelled', 'failed', 'expired', 'review']);
  });

  it('an outcome that is not known can be asked for, except before there is anybody to ask', () => {
    const silent = paymentStates.filter(
      (state) => !isFinal(state) && !paymentDisplay[state].actions.includes('ask'),
    );
    expect(silent).toEqual(['starting', 'refunding']);
  });

  it('a receipt is offered for money that was confirmed and for nothing else', () => {
    const offered = paymentStates.filter((state) => paymentDisplay[state].actions.includes('receipt'));
    expect(offered).toEqual(['paid', 'refunding', 'refunded']);
  });
});
