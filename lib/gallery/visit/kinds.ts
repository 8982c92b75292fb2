/** Looked at, tried, finished, shared, pressed and sent to the shop; each visitor counts once a day for each thing. */
export const countNames = ['views', 'tries', 'results', 'shares', 'clicks', 'sends'] as const;
export type Counts = { readonly [name in (typeof countNames)[number]]: number };
