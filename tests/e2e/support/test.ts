import { test as base, expect } from 'playwright/test';

type Watched = { expectFailure: (address: RegExp) => void };

/**
 * The test of every journey. A console error, an exception or a failed request anywhere on the way fails
 * it; a refusal that is the point of a test is announced with `expectFailure`.
 */
export const test = base.extend<Watched>({
  expectFailure: [
    async ({ page }, use) => {
      const expected: RegExp[] = [];
      const troubles: string[] = [];
      const note = (trouble: string, address: string) => {
        if (!expected.some((pattern) => pattern.test(address))) troubles.push(trouble);
      };
      page.on('console', (message) => {
        // A failed request is told by its response below, with an address that is always there.
        if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
        note(`console: ${message.text()}`, message.location().url);
      });
      page.on('pageerror', (error) => note(`exception: ${error.message}`, ''));
      page.on('response', (response) => {
        if (response.status() >= 400) note(`${response.status()} ${response.url()}`, response.url());
      });
      page.on('requestfailed', (request) => {
        const why = request.failure()?.errorText ?? '';
        // Leaving a page takes back what it was still asking for.
        if (why !== 'net::ERR_ABORTED') note(`${why} ${request.url()}`, request.url());
      });
      await use((address) => expected.push(address));
      expect(troubles, 'nothing failed on the way').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
