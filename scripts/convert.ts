import { readArguments, requireReadable, requireWritable, usage } from './convert/read-arguments.ts';
import { prepareDatabase } from './steps/prepare.ts';
import { runScript } from './steps/progress.ts';

await runScript(async () => {
  // npm changes to the project's folder; names are meant where the person stands.
  const job = readArguments(process.argv.slice(2), process.env.INVOKED_FROM ?? process.cwd());
  if (!job) {
    process.stdout.write(usage);
    return 0;
  }
  requireReadable(job.photo);
  if ('reference' in job.look) requireReadable(job.look.reference);
  requireWritable(job.out);
  const database = await prepareDatabase();
  try {
    const { convertPhoto } = await import('./convert/convert-photo.ts');
    const timings = await convertPhoto(job);
    for (const [title, ms] of Object.entries(timings))
      process.stdout.write(`${title.padEnd(10)} ${ms.toFixed(0).padStart(7)} ms\n`);
    process.stdout.write(`Written to ${job.out}\n`);
    return 0;
  } finally {
    await database.stop();
  }
});
