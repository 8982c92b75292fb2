/** A picture's file on its way to or from a service. */
export type ServicePicture = { readonly bytes: Buffer; readonly mimeType: string };

/** One picture asked for. */
type ServiceRequest = {
  readonly prompt: string;
  readonly photo: ServicePicture;
  readonly reference: ServicePicture | null;
  /** The same for every call of one attempt. */
  readonly attemptKey: string;
  readonly signal: AbortSignal;
};

/**
 * Why there is no picture: it may work in a moment (`retry`), never for this photo (`refuse`), or not before a
 * person changes our settings (`misconfigured`). The detail is for the log: a status and the service's own code,
 * never a photo, a key or words of the service.
 */
export type ServiceFailure = {
  readonly ok: false;
  readonly kind: 'retry' | 'refuse' | 'misconfigured';
  readonly detail: string;
  /** How long the service asks us to wait. */
  readonly waitMs?: number;
  /** Nothing was made of this request and nothing can be charged for it: another engine may be asked. */
  readonly isUntaken?: boolean;
};

export type ServiceAnswer = { readonly ok: true; readonly picture: Buffer } | ServiceFailure;

/** A service that edits pictures, as its adapter speaks to it. Never throws for what the other side does. */
export interface HostedService {
  readonly name: string;
  /** How long one call may take. */
  readonly timeoutMs: number;
  edit(request: ServiceRequest): Promise<ServiceAnswer>;
  /** Asks for a list that costs nothing; the HTTP status, or null without an answer within five seconds. */
  check(): Promise<number | null>;
}

export function noPicture(kind: ServiceFailure['kind'], detail: string, waitMs?: number): ServiceFailure {
  return waitMs === undefined ? { ok: false, kind, detail } : { ok: false, kind, detail, waitMs };
}

/** The same failure, of a request of which certainly nothing was made. */
export function untaken(failure: ServiceFailure): ServiceFailure {
  return { ...failure, isUntaken: true };
}

/** A code of a service, fit for a log: its own words may hold anything. */
export function codeOf(code: unknown): string {
  return typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? code : 'no code';
}
