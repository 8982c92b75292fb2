/** A page that is still here after this long was not left: a file came instead, or the reader thought better of it. */
const leftWithinMs = 10_000;

/**
 * Lets a page be left while it waits for an answer. Firefox ends what a page asks for as soon as another one is asked for; the
 * router takes that for a server out of reach and loads its own page, which overtakes the one that was wanted, a bank's too.
 * So a question that ends while the page is being left has no answer, unless the page stays. Returns `ask` with this added.
 *
 * The watch is on only while something is asked: with it a page is not kept for the way back.
 */
export function answeredUnlessLeft(ask: typeof fetch): typeof fetch {
  return async (input, init) => {
    let isLeft = false;
    const leave = () => {
      isLeft = true;
    };
    addEventListener('beforeunload', leave);
    try {
      return await ask(input, init);
    } catch (error) {
      if (isLeft && !init?.signal?.aborted) await new Promise((stay) => setTimeout(stay, leftWithinMs));
      throw error;
    } finally {
      removeEventListener('beforeunload', leave);
    }
  };
}
