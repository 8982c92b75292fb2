import { expect, test } from 'vitest';
import { parsePrometheus } from '#tests/support/formats/prometheus.ts';

const head = '# HELP a_total A thing.\n# TYPE a_total counter\n';

test('what is right is read', () => {
  const text = `${head}a_total{kind="one\\"two",more="x"} 3\na_total 1.5e3\n`;
  expect([...parsePrometheus(text).values()].map(({ value }) => value)).toEqual([3, 1500]);
});

/** The reader that judges our metrics is strict itself. */
test.for([
  ['no end of line', `${head}a_total 1`],
  ['a sample of no family', 'a_total 1\n'],
  ['a sample out of place', `${head}b_total 1\n`],
  ['a sample twice', `${head}a_total 1\na_total 2\n`],
  ['a counter below zero', `${head}a_total -1\n`],
  ['not a number', `${head}a_total one\n`],
  ['not a label', `${head}a_total{kind=one} 1\n`],
  ['a label twice', `${head}a_total{a="1",a="2"} 1\n`],
  ['only counters end', '# HELP a A thing.\n# TYPE a counter\na 1\n'],
  ['no base unit', '# HELP a_ms A thing.\n# TYPE a_ms gauge\na_ms 1\n'],
  ['no help', '# HELP a  \n# TYPE a gauge\na 1\n'],
  ['the last bucket is not all', '# HELP h A.\n# TYPE h histogram\nh_bucket{le="1"} 1\nh_sum 1\nh_count 1\n'],
  [
    'buckets do not grow',
    '# HELP h A.\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n',
  ],
] as const)('refused: %s', ([why, text]) => {
  expect(() => parsePrometheus(text)).toThrow(why);
});
