import { openDatabase } from './steps/database.ts';
import { Notice, runScript } from './steps/progress.ts';

/** Compares stored files with the rows that name them and repairs what does not agree; `--dry-run` only says so. */
await runScript(async () => {
  const dryRun = process.argv.includes('--dry-run');
  const database = await openDatabase();
  const { disconnectDb } = await import('#lib/db/client.ts');
  try {
    const { openInventory } = await import('#lib/files/sweep/open-inventory.ts');
    const { sweepFiles } = await import('#lib/files/sweep/sweep-files.ts');
    const swept = await sweepFiles({ inventory: openInventory(), repair: !dryRun });
    if (!swept.ok) throw new Notice(`Nothing was touched: ${swept.detail}.`);
    const { filesWithoutRow, rowsWithoutFile, looked, repaired } = swept.value;
    const lines = [
      `Looked at ${looked.files} stored files and ${looked.rows} rows of more than a day.`,
      `Files without a row: ${filesWithoutRow.length}`,
      ...filesWithoutRow.map((id) => `  ${id}`),
      `Rows without a file: ${rowsWithoutFile.length}`,
      ...rowsWithoutFile.map((id) => `  ${id}`),
      dryRun
        ? 'Nothing was changed (--dry-run).'
        : `Into the trash: ${repaired.trashed}. Trash emptied: ${repaired.emptied}. Rows watched: ${repaired.watched}. Rows deleted: ${repaired.deletedRows}.`,
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    await disconnectDb();
    await database.stop();
  }
  return 0;
});
