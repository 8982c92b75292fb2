/** Numbers and words of galleries that rules, forms and queries share. */

export const galleryLimits = {
  /** Images that one action may name: the longest page of them. */
  maxAtOnce: 200,
  /** How many images a page of the library shows. */
  pageSize: 60,
  /** How many images of an album its owner orders on one page. */
  albumPageSize: 200,
  maxAlbums: 200,
  maxTags: 12,
  maxTagLength: 30,
  maxTitleLength: 120,
  /** Of what a picture shows, in words: as much as a screen reader can say of one picture without wearing people out. */
  maxAltLength: 300,
  maxAlbumNameLength: 80,
  maxDescriptionLength: 500,
  /** How long the trash keeps an image. */
  trashDays: 30,
} as const;

/** By what the images of an album are ordered for everybody. */
export const imageOrders = ['manual', 'newest', 'oldest', 'title'] as const;
export type ImageOrder = (typeof imageOrders)[number];

/** Handles that belong to the program; the database refuses them too. */
export const reservedHandles: ReadonlySet<string> = new Set(
  (
    'about account admin administrator aistayler ai-stayler ai_stayler api billing contact dev explore gallery help ' +
    'home login logout moderator new official plans privacy root search security settings signup stayler studio ' +
    'styles support system terms vendor vendors verify www zarinpal'
  ).split(' '),
);

export const reportReasons = ['stolen', 'person', 'indecent', 'misleading', 'other'] as const;

export type ReportReason = (typeof reportReasons)[number];

export const mostNoteLength = 500;
