/**
 * A journey that differs from another one by its language alone is walked in one of them by `npm test`, which has
 * a quarter of an hour, and in both by `npm run test:full` (see `playwright.config.ts`). What the tests below the browser
 * hold too, such as who sees what and what is charged, is walked there alone.
 */
export const fullOnly = (isLeftOut: boolean): { tag?: string } => (isLeftOut ? { tag: '@full' } : {});
