import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from '../steps/root.ts';
import type { Proof, Scenario } from './scenario.ts';

/** One test of a report of vitest. */
export type Ran = {
  readonly file: string;
  readonly name: string;
  readonly status: string;
  readonly recoverySeconds: number | undefined;
  readonly message: string | undefined;
};

/** How a scenario came out. */
export type Judged = {
  readonly scenario: Scenario;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly tests: number;
  readonly recoverySeconds: number | null;
  readonly troubles: readonly string[];
};

type Report = {
  testResults: {
    name: string;
    message?: string;
    assertionResults: {
      fullName: string;
      status: string;
      meta?: { recoverySeconds?: number };
      failureMessages?: string[];
    }[];
  }[];
};

export function readReport(file: string): Ran[] {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  return report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({
      file: relative(root, name),
      name: test.fullName,
      status: test.status,
      recoverySeconds: test.meta?.recoverySeconds,
      message: test.failureMessages?.[0]?.split('\n')[0],
    })),
  );
}

function answering([file, ...names]: Proof, all: readonly Ran[]): { name: string; tests: Ran[] }[] {
  const there = all.filter((test) => test.file === file);
  return names.map((name) => ({
    name: `${file} ${name}`,
    tests: there.filter((test) => test.name.includes(name)),
  }));
}

/** What the tests that ran say about a scenario. One proof without a test, or a test that failed, and it has failed. */
export function judge(scenario: Scenario, all: readonly Ran[]): Judged {
  const proofs = scenario.proofs.flatMap((proof) => answering(proof, all));
  const tests = proofs.flatMap((proof) => proof.tests);
  const troubles = [
    ...proofs.filter((proof) => proof.tests.length === 0).map(({ name }) => `no test answers to: ${name}`),
    ...tests.filter(({ status }) => status === 'failed').map(({ name, message }) => `${name}: ${message}`),
  ];
  const ran = tests.filter(({ status }) => status === 'passed');
  const times = ran.flatMap(({ recoverySeconds }) => recoverySeconds ?? []);
  return {
    scenario,
    result: troubles.length > 0 ? 'failed' : ran.length === 0 ? 'skipped' : 'passed',
    tests: ran.length,
    recoverySeconds: times.length > 0 ? Math.max(...times) : null,
    troubles,
  };
}
