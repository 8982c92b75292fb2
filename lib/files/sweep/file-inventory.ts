/** What a file store holds, as the sweep reads it: the ids, which database they belong to, and a trash. */
export type FileInventory = {
  /** How many files a look that comes every ten seconds may ask for: each may be a request to the outside. */
  readonly perLook: number;
  /** Says which database these files belong to; null when nobody wrote it down yet. */
  readMark(): Promise<string | null>;
  writeMark(mark: string): Promise<void>;
  /** Every stored id with the moment it last changed. */
  list(): AsyncGenerator<{ id: string; changedAt: Date }>;
  has(id: string): Promise<boolean>;
  /** Takes a file out of sight. It can be put back by hand until the trash is emptied. */
  toTrash(id: string): Promise<void>;
  /** Deletes for good what was thrown away before this moment; answers how many. */
  emptyTrash(before: Date): Promise<number>;
  /** Gives up uploads in parts that began before this moment and were never finished; answers how many. */
  dropUnfinished?(before: Date): Promise<number>;
};
