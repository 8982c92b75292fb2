import type { PictureScores } from './store.ts';

/**
 * What is looked at before everybody may see it. Photos and results, which only their owners see, are judged in
 * `lib/files/moderation` and alike under every policy.
 *
 * - `relaxed`: an image that the local check accepted is shown at once.
 * - `standard`: the first images of a vendor nobody has verified wait for a person.
 * - `strict`: also whatever the network calls sexy (swimwear, underwear) together with what is not wanted anywhere.
 */
export type ModerationPolicy = 'relaxed' | 'standard' | 'strict';

/** How many images of a vendor without the badge a person has to accept before the local check decides alone. */
export const firstPictures = 10;

/** From here on, of 1, an image is not shown to everybody before somebody has looked. */
const suggestiveFrom = 0.4;

/** Whether an image may be too much for everybody's eyes. */
export function isSuggestive(
  { porn = 0, hentai = 0, sexy = 0 }: Partial<PictureScores>,
  policy: ModerationPolicy,
): boolean {
  return policy === 'strict' && porn + hentai + sexy > suggestiveFrom;
}

/** What an owner is told when an image is refused or taken down. */
export const refusalReasons = ['indecent', 'suggestive', 'stolen', 'person', 'misleading', 'other'] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** How many networks must report an image until it is hidden; more for a vendor that somebody has looked at. */
export const reportsThatHide = { unverified: 3, verified: 9 } as const;
