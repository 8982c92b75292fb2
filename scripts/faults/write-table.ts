import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine } from '../steps/machine.ts';
import { root } from '../steps/root.ts';
import type { Judged } from './judge.ts';

const kinds = { F: 'fault', A: 'abuse', C: 'at once' } as const;

/** Writes `docs/faults.md` from what was just seen. */
export function writeTable(judged: readonly Judged[], logLines: number): string {
  const rows = judged.map(({ scenario, result, tests, recoverySeconds }) => {
    const time = recoverySeconds === null ? '' : recoverySeconds.toFixed(1);
    return `| ${scenario.number} | ${kinds[scenario.kind]} | ${scenario.what} | ${scenario.expected} | ${result}, ${tests} ${tests === 1 ? 'test' : 'tests'} | ${time} |`;
  });
  const text = `# Faults and abuse

Written by \`npm run test:faults\` on ${machine()}.

Web servers and workers are the real programs, started and killed as processes; the database, the cache and the
gateways are real servers on this machine. After each scenario the queries of \`npm run check:invariants\` find nothing.
Recovery is the time from the fault (a kill, an outage's end, room on the disk) to everything being as it should; where
nothing has to recover there is none. The tests of each scenario are named in \`scripts/faults/scenarios.ts\`.

| | | what happens | what is expected | result | recovery, s |
|---|---|---|---|---|---|
${rows.join('\n')}

Scenario 56 also read ${logLines.toLocaleString('en')} lines that the processes of this run had written.
`;
  const file = join(root, 'docs', 'faults.md');
  writeFileSync(file, text);
  return file;
}
