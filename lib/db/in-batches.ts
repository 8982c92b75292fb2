/** Rows that one statement of a sweep deletes: few enough that nobody who waits for one of them notices. */
const atOnce = 5000;

/** Deletes until nothing is left, so many rows in a statement; answers how many in all. */
export async function inBatches(deleteSome: (limit: number) => Promise<number>): Promise<number> {
  let deleted = 0;
  for (;;) {
    const count = await deleteSome(atOnce);
    deleted += count;
    if (count < atOnce) return deleted;
  }
}
