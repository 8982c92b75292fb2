import type { ErrorCode } from '#lib/core/errors.ts';
import { NoTurn } from './connection-turns.ts';
import { sqlError } from './sql-errors.ts';

/**
 * Nobody there, nobody free, or not now: PostgreSQL's classes 08, 53 and 57P, 58 for a disk that fails, and a wait that
 * has reached its end: for a lock, for a statement, for the next one.
 */
const passingStates = /^(08|53|57P|58|55P03|57014|25P0[34])/;

/** What Prisma calls the same: unreachable, timed out, closed, no free connection, no transaction in time. */
const passingCodes = new Set(['P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028']);
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH']);

/** What pg and Prisma say without a code. */
const sentences =
  /timeout exceeded when trying to connect|timeout expired|Connection terminated|connection is closed|[Ss]erver has closed the connection|not queryable|Can't reach database server|the connection is given up/;

/**
 * A commit had no answer and the database cannot be asked what became of it. Nothing that belongs to the transaction may
 * be taken back; `mark` is what it can be asked by.
 */
export class OutcomeUnknown extends Error {
  readonly mark: string;
  constructor(mark: string, lost: unknown) {
    super('a commit had no answer, and nobody can say yet whether it happened', { cause: lost });
    this.mark = mark;
  }
}

/** Whether an error says that the database cannot be asked at the moment, whatever was asked. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof OutcomeUnknown || error instanceof NoTurn) return true;
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

/** The failure that a person is shown; null when it is a bug. */
export function unavailableCode(error: unknown): ErrorCode | null {
  if (error instanceof OutcomeUnknown) return 'answer.lost';
  return isDatabaseUnavailable(error) ? 'service.unavailable' : null;
}
