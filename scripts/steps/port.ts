import { createServer } from 'node:net';
import { Notice } from './progress.ts';

/** Throws a {@link Notice} when something listens on the port already. */
export async function requireFreePort(host: string, port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(
          new Notice(
            `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm run up`,
          ),
        );
      } else if (error.code === 'EACCES') {
        reject(
          new Notice(
            `Port ${port} may not be used by this account. Choose one above 1023: PORT=3000 npm run up`,
          ),
        );
      } else reject(error);
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
