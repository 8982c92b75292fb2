/**
 * Reads Prometheus's text format 0.0.4 as strictly as its description and Prometheus's own linter (`promtool check
 * metrics`) do, and throws at whatever they would refuse.
 */

const name = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const types = ['counter', 'gauge', 'histogram', 'summary', 'untyped'] as const;
type Type = (typeof types)[number];

type Family = { type: Type; help: string; samples: Sample[] };
export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

function must(isRight: boolean, line: string, why: string): void {
  if (!isRight) throw new Error(`${why}: ${line}`);
}

function readLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== '') {
    const found = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/.exec(rest);
    if (!found) throw new Error(`not a label: ${line}`);
    const [whole, key = '', value = ''] = found;
    must(!(key in labels), line, 'a label twice');
    must(!key.startsWith('__'), line, 'a reserved label');
    labels[key] = value.replace(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one));
    rest = rest.slice(whole.length);
  }
  return labels;
}

function readValue(text: string, line: string): number {
  if (/^[+-]?Inf$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  // Values are read by Go, which takes this one in any case.
  if (/^nan$/i.test(text)) return Number.NaN;
  must(/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text), line, 'not a number');
  return Number(text);
}

const suffixes: Readonly<Record<string, readonly string[]>> = {
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
};

function checkHistogram(title: string, { samples }: Family): void {
  const groups = new Map<string, { buckets: [number, number][]; count?: number; sum?: number }>();
  for (const { name, labels, value } of samples) {
    const { le, ...rest } = labels;
    const key = JSON.stringify(Object.entries(rest).sort());
    const group = groups.get(key) ?? { buckets: [] };
    groups.set(key, group);
    if (name.endsWith('_bucket')) group.buckets.push([readValue(le ?? '', title), value]);
    else if (name.endsWith('_count')) group.count = value;
    else group.sum = value;
  }
  for (const { buckets, count, sum } of groups.values()) {
    must(count !== undefined && sum !== undefined, title, 'a histogram without sum or count');
    must(
      buckets.at(-1)?.[0] === Infinity && buckets.at(-1)?.[1] === count,
      title,
      'the last bucket is not all',
    );
    for (const [index, [le, value]] of buckets.entries()) {
      const before = buckets[index - 1];
      must(!before || (before[0] < le && before[1] <= value), title, 'buckets do not grow');
    }
  }
}

/** Naming, as promtool checks it. */
function lint(title: string, { type, help }: Family): void {
  must(help.trim() !== '', title, 'no help');
  must(
    (type === 'counter') === title.endsWith('_total'),
    title,
    'only counters end in _total, and all of them do',
  );
  must(!/(_count|_sum|_bucket)$/.test(title), title, 'a suffix of histograms');
  must(
    !/_(milliseconds|ms|minutes|hours|days|kilobytes|megabytes|percent)(_|$)/.test(title),
    title,
    'no base unit',
  );
  must(!/_(gauge|counter|histogram|summary)(_|$)/.test(title), title, 'a type in the name');
}

/** Throws at the first line that is not as it must be. Answers with all samples by name and labels. */
export function parsePrometheus(text: string): Map<string, Sample> {
  must(text.endsWith('\n'), 'the last line', 'no end of line');
  const families = new Map<string, Family>();
  const samples = new Map<string, Sample>();
  let current = '';
  for (const line of text.split('\n').slice(0, -1)) {
    if (line === '') continue;
    const comment = new RegExp(`^# (HELP|TYPE) (${name}) (.*)$`).exec(line);
    if (comment) {
      const [, kind, title = '', rest = ''] = comment;
      const family = families.get(title);
      if (kind === 'HELP') {
        must(!family, line, 'a family twice');
        families.set(title, { type: 'untyped', help: rest, samples: [] });
      } else {
        must(types.includes(rest as Type), line, 'no type');
        must(
          family !== undefined && family.samples.length === 0 && current === title,
          line,
          'a type out of place',
        );
        if (family) family.type = rest as Type;
      }
      current = title;
      continue;
    }
    must(!line.startsWith('#'), line, 'a comment of another kind');
    const found = new RegExp(`^(${name})(?:\\{(.*)\\})? (\\S+)$`).exec(line);
    if (!found) throw new Error(`not a sample: ${line}`);
    const [, full = '', labelText = '', valueText = ''] = found;
    const family = families.get(current);
    if (!family) throw new Error(`a sample of no family: ${line}`);
    must(
      (suffixes[family.type] ?? ['']).some((end) => full === current + end),
      line,
      'a sample out of place',
    );
    const labels = readLabels(labelText, line);
    const sample = { name: full, labels, value: readValue(valueText, line) };
    const key = `${full}{${labelText}}`;
    must(!samples.has(key), line, 'a sample twice');
    must(family.type !== 'counter' || sample.value >= 0, line, 'a counter below zero');
    samples.set(key, sample);
    family.samples.push(sample);
  }
  for (const [title, family] of families) {
    lint(title, family);
    if (family.type === 'histogram') checkHistogram(title, family);
  }
  return samples;
}
