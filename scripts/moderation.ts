import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Result } from '#lib/core/result.ts';
import { refusalReasons } from '#lib/files/moderation/policy.ts';
import { prepareDatabase } from './steps/prepare.ts';
import { Notice, runScript } from './steps/progress.ts';

const usage = `Usage:
  npm run moderation                         what waits, oldest first
  npm run moderation -- save ID FILE.jpg     writes the picture to look at
  npm run moderation -- accept ID
  npm run moderation -- refuse ID [WHY]      takes the bytes of a photo or result away; a refused result costs nothing.
                                             WHY is told: ${refusalReasons.join(', ')}
`;

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Notice('Nothing waits under this id; it may have been decided already.');
}

await runScript(async () => {
  const [command, id = '', file] = process.argv.slice(2);
  const known = command === undefined || ['save', 'accept', 'refuse'].includes(command);
  if (!known || (command && !id) || (command === 'save' && !file)) throw new Notice(usage);
  const database = await prepareDatabase();
  try {
    const { listModeration, readModerated } = await import('#lib/files/review/decide-moderation.ts');
    const { decideCase } = await import('#lib/admin/report/decide-report.ts');
    const { system } = await import('#lib/core/actor.ts');
    const { disconnectDb } = await import('#lib/db/client.ts');
    try {
      if (command === 'save') {
        const path = resolve(process.env.INVOKED_FROM ?? '.', file ?? '');
        await writeFile(path, must(await readModerated(id)));
        process.stdout.write(`Written: ${path}\n`);
      } else if (command) {
        const decision = command === 'accept' ? 'accepted' : 'refused';
        const why = refusalReasons.find((one) => one === file) ?? 'other';
        const { chargeReturned } = must(await decideCase(system, { id, decision, why }));
        process.stdout.write(
          `The picture is ${decision}.${chargeReturned ? ' Its charge was returned.' : ''}\n`,
        );
      } else {
        const waiting = await listModeration();
        for (const { id, type, reason, scores, createdAt, fileName } of waiting) {
          const sure = Object.entries(scores).map(([kind, score]) => `${kind} ${score.toFixed(2)}`);
          process.stdout.write(
            `${id}  ${createdAt.toISOString()}  ${type}  ${reason}  ${sure.join(', ')}  ${fileName}\n`,
          );
        }
        process.stdout.write(waiting.length > 0 ? `\n${usage}` : 'Nothing waits.\n');
      }
    } finally {
      await disconnectDb();
    }
    return 0;
  } finally {
    await database.stop();
  }
});
