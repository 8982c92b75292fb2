import { buildWeb, generateClient } from './steps/build.ts';
import { runScript } from './steps/progress.ts';

await runScript(async () => {
  await generateClient();
  await buildWeb();
  return 0;
});
