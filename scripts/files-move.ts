import { parseArgs } from 'node:util';
import { openDatabase } from './steps/database.ts';
import { Notice, runScript } from './steps/progress.ts';

const usage = `Usage: npm run files:move                 copies every picture from STORAGE_BEFORE to STORAGE
       npm run files:move -- --check      compares every byte on the way`;

/** Moves an installation's pictures to another store while it runs; docs/operations.md tells the steps. */
await runScript(async () => {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, from: { type: 'string' }, to: { type: 'string' } },
  });
  const database = await openDatabase();
  const { disconnectDb } = await import('#lib/db/client.ts');
  try {
    const { env } = await import('#lib/core/env/env.ts');
    const { storage, storageBefore } = env();
    if (!storageBefore) throw new Notice(`STORAGE_BEFORE is not set: nothing is to be moved.\n${usage}`);
    const isMeant =
      (values.from ?? storageBefore.kind) === storageBefore.kind &&
      (values.to ?? storage.kind) === storage.kind;
    if (!isMeant)
      throw new Notice(`The settings move from ${storageBefore.kind} to ${storage.kind}.\n${usage}`);
    const { inventoryOf } = await import('#lib/files/sweep/open-inventory.ts');
    const { moveFiles } = await import('#lib/files/sweep/move-files.ts');
    const { storeOf } = await import('#lib/files/storage/open-store.ts');
    const { copied, kept, missing, bytes } = await moveFiles({
      from: storeOf(storageBefore),
      to: storeOf(storage),
      inventory: inventoryOf(storage),
      isThorough: values.check === true,
      onPage: (report) =>
        process.stdout.write(`… ${report.copied} copied, ${report.kept} were there already\n`),
    });
    const lines = [
      `Copied ${copied} files of ${(bytes / 1e6).toFixed(1)} MB; ${kept} were there already.`,
      ...missing.map((name) => `  in neither store: ${name}`),
      missing.length > 0
        ? 'The sweep settles what is lost with its owners.'
        : 'Every picture is in the new store. Take STORAGE_BEFORE out when a second run has nothing to copy.',
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    return missing.length > 0 ? 1 : 0;
  } finally {
    await disconnectDb();
    await database.stop();
  }
});
