/**
 * The faults and abuses that the program is proved against, each with the tests that prove it. A test is named by its
 * file and by what its name begins with or contains; a proof that no test answers to counts as failed.
 */
export type Proof = readonly [file: string, ...names: string[]];

export type Scenario = {
  readonly number: number;
  /** F: a fault, A: an abuse, C: many at once. */
  readonly kind: 'F' | 'A' | 'C';
  readonly what: string;
  readonly expected: string;
  readonly proofs: readonly Proof[];
};

export const one = (
  number: number,
  kind: Scenario['kind'],
  what: string,
  expected: string,
  ...proofs: readonly Proof[]
): Scenario => ({ number, kind, what, expected, proofs });

export const faults = (name: string) => `tests/faults/${name}.test.ts`;
export const integration = (name: string) => `tests/integration/${name}.test.ts`;
export const unit = (name: string) => `tests/unit/${name}.test.ts`;
