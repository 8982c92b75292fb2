import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Says all that a process can say, as a framework, a library and Node.js itself do. */
const saying = `
const { printJsonOnly } = await import('#scripts/steps/json-output.ts');
const { log } = await import('#lib/core/log.ts');
printJsonOnly();
console.log('\\u001b[32m✓\\u001b[0m Running %s', 'well');
console.error(new Error('a page failed'));
console.warn('two\\nlines');
process.stdout.write('a bare write\\n');
process.stderr.write('a bare\\n  stack\\n');
process.stdout.write(JSON.stringify({ level: 30, msg: 'a log of its own' }) + '\\n');
console.log(JSON.stringify({ level: 30, msg: 'a library’s' }));
console.log('');
log.info({ phone: '+989121234567' }, 'ours');
process.emitWarning('an old way');
setTimeout(() => { throw new Error('the end, with 09121234567'); }, 50);
`;

test('everything that a process prints is one JSON object a line, also what ends it', () => {
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', saying];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, LOG_LEVEL: 'info', NODE_OPTIONS: '' },
  });
  expect([status, stderr]).toEqual([1, '']);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string; err?: { message: string } });
  const said = lines.map(({ msg, err }) => err?.message ?? msg).sort();
  expect(said).toEqual(
    [
      '✓ Running well',
      'a page failed',
      'two\nlines',
      'a bare write',
      'a bare\n  stack',
      'a log of its own',
      'a library’s',
      'ours',
      'an old way',
      'the end, with 09121***567',
    ].sort(),
  );
});
