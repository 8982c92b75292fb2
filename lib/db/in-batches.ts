/** Rows that one statement of a sweep takes or deletes: few enough that nobody who waits for one of them notices. */
const atOnce = 5000;

/** Goes on until nothing is left, so many rows in a statement; answers how many in all. */
export async function inBatches(takeSome: (limit: number) => Promise<number>): Promise<number> {
  let deleted = 0;
  for (;;) {
    const count = await takeSome(atOnce);
    deleted += count;
    if (count < atOnce) return deleted;
  }
}
