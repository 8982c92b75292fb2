/** So many values are a run: a few pages of memory. */
const runLength = 4096;

/**
 * Does the rows of a picture one after the other, with what they are made of. `row` is a function of its module, no closure: V8
 * compiles what is called often once and keeps it as long as the function is there. A loop over a whole picture, in a
 * function that is called once a picture, is compiled while it runs, for every picture anew; so is a closure. That was
 * a fifth of a render's processor time.
 */
export function eachRow<Of>(height: number, row: (of: Of, y: number) => void, of: Of): void {
  for (let y = 0; y < height; y++) row(of, y);
}

/** The same of values that need not know their place: run by run, each from `from` up to `to`. */
export function eachRun<Of>(length: number, run: (of: Of, from: number, to: number) => void, of: Of): void {
  for (let from = 0; from < length; from += runLength) run(of, from, Math.min(length, from + runLength));
}
