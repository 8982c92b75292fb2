import { test } from 'vitest';

// The same cases at the second gateway. The quick tier has tests/contract/payments/zibal.test.ts and failover.test.ts.
process.env.TEST_GATEWAY = 'zibal';
if (process.env.TEST_FULL) await import('../refund-parts.test.ts');
else test.skip('the cases of the first gateway at the second one are in the full tier', () => undefined);
