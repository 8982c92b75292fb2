/** How long a link may live, in days; null is until it is revoked. */
export const linkLives = [1, 7, 30, 90, null] as const;
export type LinkLife = (typeof linkLives)[number];

/** What is proposed: long enough to be seen, short enough to be forgotten safely. */
export const usualLinkLife = 30;

/** Links of one result that may be alive at once, and that are listed. */
export const linkLimits = { alive: 20, listed: 50 } as const;

/** Of what people and shops write to each other, in characters, and what stands on a page of a shop's list. */
export const leadLimits = { words: 300, answer: 500, aPage: 20 } as const;

/** Pictures of a selection that are shown and exported: more than anybody chooses by hand. */
export const mostPicked = 2000;
