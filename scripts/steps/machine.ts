import { existsSync, readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** This machine and day in one line, for measurements: "2026-11-23, 2 cores (…), 24 GB, Debian 12, Node.js 24.21". */
export function machine(): string {
  const all = cpus();
  const system = existsSync('/etc/os-release')
    ? /PRETTY_NAME="([^"]+)"/.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
    : undefined;
  const day = new Date().toISOString().slice(0, 10);
  const cores = `${all.length} virtual cores (${all[0]?.model.trim() ?? process.arch})`;
  const memory = `${Math.round(totalmem() / 1e9)} GB`;
  return [day, cores, memory, system ?? process.platform, `Node.js ${process.version.slice(1)}`].join(', ');
}
