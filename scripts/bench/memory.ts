import { repeat, residentMb } from './support/process-cost.ts';
import { report } from './support/report.ts';
import { openSite } from './support/site.ts';

/** How much memory a web process holds after ten thousand requests of many kinds, and whether it goes on growing. */
const thousand = 1000;
const site = await openSite('memory');
const cookie = await site.cookie();
const paths: readonly (readonly [string, string])[] = [
  ['/', ''],
  ['/api/conversions', cookie],
  ['/explore', ''],
  ['/api/health/ready', ''],
  [site.profile, ''],
  ['/api/conversions', cookie],
  [site.album, ''],
  ['/studio', cookie],
  ['/plans', ''],
  ['/api/health/live', ''],
];
const seen: number[] = [];
try {
  for (let done = 0; done < 10; done += 1) {
    await repeat(thousand, 6, async (turn) => {
      const [path, who] = paths[turn % paths.length] ?? ['/', ''];
      const answer = await fetch(`${site.web.url}${path}`, { headers: { cookie: who } });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    });
    seen.push(residentMb(site.web.pid));
  }
} finally {
  await site.close();
}
const [fifth = 0, last = 0] = [seen[4], seen[9]];
const most = Math.max(...seen);
report({
  what: 'a web process after 10,000 requests',
  measured: `${last.toFixed(0)} MB resident, at most ${most.toFixed(0)} MB`,
  wanted: 'at most 350 MB',
  met: most <= 350,
});
const growth = (last - fifth) / 5;
report({
  what: 'its growth over the last five thousand',
  measured: `${growth.toFixed(1)} MB a thousand (${seen.map((mb) => mb.toFixed(0)).join(', ')})`,
  wanted: 'flat: at most 5 MB a thousand',
  met: growth <= 5,
});
process.exit(most <= 350 && growth <= 5 ? 0 : 1);
