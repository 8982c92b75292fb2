import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Budget, isShared } from '#lib/rate-limit/budget.ts';
import { type PolicyName, policies } from '#lib/rate-limit/policies.ts';
import { root } from '#scripts/steps/root.ts';

/** Decision 035: no request by X may use up a budget that Y needs, unless X proved something or it cost X. */
const names = Object.keys(policies) as PolicyName[];
const budgetsOf = (name: PolicyName): readonly Budget[] => policies[name];
const isNear = ({ per }: Budget) => /address|site|network/.test(per);

it('what strangers share stands last, and says what it narrows to or who counts it exactly', () => {
  for (const name of names) {
    const kinds = budgetsOf(name).map(isShared);
    expect(kinds, name).toEqual([...kinds].sort((a, b) => Number(a) - Number(b)));
    for (const budget of budgetsOf(name).filter(isShared)) {
      expect('narrows' in budget || ('counted' in budget && budget.counted === 'rows'), name).toBe(true);
    }
  }
});

/** One line of the decision's table: what the budgets of a policy are, and why no stranger empties them for others. */
function lineOf(name: PolicyName): string {
  const budgets = budgetsOf(name).map((budget) => {
    const { per, points, seconds } = budget;
    const rows = 'counted' in budget ? ' (rows)' : '';
    const narrows =
      'narrows' in budget
        ? `, then ${budget.narrows.points} / ${budget.narrows.seconds} s per ${budget.narrows.per} up to ${budget.ceiling}`
        : '';
    return `${points} / ${seconds} s per ${per}${rows}${narrows}`;
  });
  const whose = budgetsOf(name).some(isShared) ? 'shared' : budgetsOf(name).some(isNear) ? 'near' : 'own';
  return `| \`${name}\` | ${whose} | ${budgets.join('; ')} |`;
}

it('the table of decision 035 is what the policies say: a new policy gets its line there', () => {
  const path = join(root, 'docs/decisions/035-no-stranger-spends-what-others-need.md');
  const written = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  expect(written).toEqual(names.map(lineOf));
});
