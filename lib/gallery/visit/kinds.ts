/** Looked at, tried, finished, shared, pressed and sent to the shop; each visitor counts once a day for each thing. */
export const countNames = ['views', 'tries', 'results', 'shares', 'clicks', 'sends'] as const;
/** Of one thing by itself also, the shop, an album or a picture: who came by the code of it, and who saw the shop in the frame on another site. */
export const shopCountNames = [...countNames, 'scans', 'embeds'] as const;
export type ShopCounts = { readonly [name in (typeof shopCountNames)[number]]: number };
export type Counts = { readonly [name in (typeof countNames)[number]]: number };
