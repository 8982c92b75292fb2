import { faults, integration, one, type Scenario, unit } from './scenario.ts';

/** Many at once, and what people try with money, codes and sessions. */
export const abuse: readonly Scenario[] = [
  one(
    23,
    'C',
    '64 conversions at once with two left',
    'exactly two; used = 2',
    [integration('conversions/request-conversion'), 'is made exactly twice by 64'],
    ['tests/sql/schema/races.test.ts', 'make exactly two'],
    [integration('conversions/request-conversions'), 'sent 64 times', 'sent 20 times under one key'],
  ),
  one(24, 'C', '20 tabs renew one session', 'all succeed, one step, nobody signed out', [
    integration('auth/sessions'),
    'happens once when twenty tabs',
  ]),
  one(25, 'C', 'one code typed 20 times at once', 'exactly one success', [
    integration('auth/verify-phone'),
    'succeeds exactly once',
  ]),
  one(26, 'C', '100 wrong guesses at once', 'at most five judged, then the right one fails too', [
    integration('auth/verify-phone'),
    'judges at most five',
  ]),
  one(27, 'C', 'one return from the bank 50 times', 'one verification’s effect; one period', [
    integration('payments/settle-return'),
    'fifty times at once',
  ]),
  one(
    28,
    'C',
    '20 gallery pictures at once with one place',
    'exactly one; no orphan',
    [integration('gallery/images'), 'twenty at once with one slot left'],
    [integration('files/faults'), 'of 20 uploads at once'],
  ),
  one(
    29,
    'C',
    'two administrators refund one payment',
    'one refund',
    [integration('payments/refund-payment'), 'by two operators at once'],
    [integration('admin/money'), 'a refund by two administrators'],
  ),
  one(30, 'C', 'an album ordered by two editors', 'a permutation; none lost, none doubled', [
    'tests/sql/gallery/order.test.ts',
    'a thousand random moves',
  ]),
  one(
    31,
    'A',
    'an old session token used again',
    'the session ends, the newest token too; written down, told',
    [integration('auth/sessions'), 'takes the one before for theft', 'takes a token two exchanges old'],
    [integration('auth/devices'), 'of a session that ended because'],
  ),
  one(32, 'A', 'a forged return for an unpaid payment', 'stays unpaid', [
    integration('payments/settle-return'),
    'without having paid, claiming to',
  ]),
  one(33, 'A', 'somebody else’s authority', 'the plan goes to the account that made the payment', [
    integration('payments/settle-return'),
    'with somebody else',
  ]),
  one(
    34,
    'A',
    'amount, plan or currency tampered with',
    'the server’s price; Rials and Tomans cannot be mixed up',
    [integration('payments/start-payment'), 'for another amount than was shown'],
    [integration('payments/settle-return'), 'with another amount at the gateway'],
    [unit('core/money'), 'is stored in Rials'],
  ),
  one(35, 'A', 'a gateway that says 100 twice', 'the second changes nothing', [
    integration('payments/settle-return'),
    'with a gateway that says 100 twice',
  ]),
  one(
    36,
    'A',
    'finding out who has an account',
    'the same answers and writes; medians within a tenth (`npm run bench -- enumeration`)',
    [integration('auth/enumeration'), 'get the same answer'],
  ),
  one(
    37,
    'A',
    'a code for another purpose, phone or session',
    'refused; counted',
    [integration('auth/verify-phone'), 'fails in another browser', 'serves neither the other'],
    [integration('auth/change-account'), 'takes no code'],
  ),
  one(
    38,
    'A',
    'messages to one phone from everywhere',
    'five an hour to it; a cap over all',
    [integration('auth/sign-up'), 'at most eight codes an hour', 'four an hour to one browser'],
    [integration('notifications/send-sms'), 'all messages together have a cap'],
  ),
  one(
    39,
    'A',
    'stolen passwords, ten a second',
    'slowed; others sign in within a second (p95)',
    [faults('stuffing'), '39 '],
    [integration('auth/sign-in'), 'refuses the eleventh wrong try'],
  ),
  one(40, 'A', 'a forged X-Forwarded-For', 'no more budget', [
    unit('rate-limit/client-address'),
    'the address of a client',
  ]),
];
