/** What visitors chose and said behind a link; `sentAt` is when they sent it, ISO 8601. */
export type Picks = {
  readonly chosen: readonly string[];
  readonly comments: readonly PickComment[];
  readonly sentAt: string | null;
};

export type PickComment = {
  readonly id: string;
  readonly imageId: string;
  readonly name: string | null;
  readonly words: string;
};
