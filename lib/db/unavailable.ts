import { sqlError } from './sql-errors.ts';

/** Nobody there, nobody free, or not now: PostgreSQL's classes 08, 53 and 57P, and 58 for a disk that fails. */
const passingStates = /^(08|53|57P|58)/;

/** What Prisma calls the same: unreachable, timed out, closed, no free connection, no transaction in time. */
const passingCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028']);
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH']);
const sentences = /timeout exceeded when trying to connect|Connection terminated|Can't reach database server/;

/** Whether an error says that the database cannot be asked at the moment, whatever was asked. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const state = sqlError(error)?.state;
  if (state && passingStates.test(state)) return true;
  for (let layer = error, depth = 0; typeof layer === 'object' && layer !== null && depth < 6; depth += 1) {
    const { code, message, cause } = layer as { code?: unknown; message?: unknown; cause?: unknown };
    if (typeof code === 'string' && (passingCodes.has(code) || networkCodes.has(code))) return true;
    if (typeof message === 'string' && sentences.test(message)) return true;
    layer = cause;
  }
  return false;
}
