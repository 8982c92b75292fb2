import type { GatewayName } from '#lib/core/env/payment-env.ts';
import { type GatewayAnswer, toResponse } from './answers.ts';
import { type Operation, operations } from './operations.ts';
import { emulatorPaths } from './path.ts';
import type { Settings } from './settings.ts';
import { zibalOperations } from './zibal-operations.ts';

/** How one gateway looks over HTTP. Behind the faces there is one bank: the same sessions, settings, faults and clock. */
export type Face = {
  readonly name: GatewayName;
  /** The path it stands under. */
  readonly base: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** What a body names its session by. */
  readonly sessionKey: string;
  /** The operation that a path below the base names, and whose pay page; undefined for none. */
  readonly operationAt: (path: string) => string | undefined;
  readonly payPathAt: (path: string) => string | undefined;
  readonly payPath: (authority: string) => string;
  readonly respond: (answer: GatewayAnswer, settings: Settings, operation: string) => Response;
};

const zarinpal: Face = {
  name: 'zarinpal',
  base: emulatorPaths.zarinpal,
  operations,
  sessionKey: 'authority',
  operationAt: (path) => /^pg\/v4\/payment\/(\w+)\.json$/.exec(path)?.[1],
  payPathAt: (path) => /^pg\/StartPay\/([^/]+)$/.exec(path)?.[1],
  payPath: (authority) => `pg/StartPay/${authority}`,
  respond: (answer, settings, operation) =>
    toResponse(
      answer,
      settings,
      operation === 'unVerified' && settings.unVerifiedShape === 'official' ? 'withoutErrors' : 'usual',
    ),
};

const zibal: Face = {
  name: 'zibal',
  base: emulatorPaths.zibal,
  operations: zibalOperations,
  sessionKey: 'trackId',
  operationAt: (path) => /^v1\/(\w+)$/.exec(path)?.[1],
  payPathAt: (path) => /^start\/([^/]+)$/.exec(path)?.[1],
  payPath: (trackId) => `start/${trackId}`,
  respond: (answer) => Response.json(answer.ok ? answer.data : { message: 'error', result: answer.code }),
};

/** How faults and the record of requests name an operation: ZarinPal's by itself, others with their gateway. */
export const faultEndpoint = (name: GatewayName, operation: string) =>
  name === 'zarinpal' ? operation : `${name}:${operation}`;

export const faces: Readonly<Record<GatewayName, Face>> = { zarinpal, zibal };
