/** The path of the page that is asked for, written by `proxy.ts` over whatever a client sent. */
export const pagePathHeader = 'x-page-path';
