/** How wide a result stands on its page, as in HTML. */
export const resultSizes = '(min-width: 75rem) 1120px, 100vw';
