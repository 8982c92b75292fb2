import { UTApi } from 'uploadthing/server';

const timeoutMs = 20_000;

/**
 * The hosted service. The addresses are the SDK's own unless they are given: a test speaks to a server of its
 * own under them.
 */
export type HostedUploads = {
  readonly token: string;
  /** Where the service reports an upload that has arrived. */
  readonly callbackUrl: string;
  readonly ingestUrl?: string;
  readonly apiUrl?: string;
  readonly ufsHost?: string;
  readonly ufsAppIdLocation?: 'path' | 'subdomain';
};

/** The service's own client, with a deadline for every call. */
export function createHostedApi(service: HostedUploads): UTApi {
  const { token, ingestUrl, apiUrl, ufsHost, ufsAppIdLocation } = service;
  return new UTApi({
    token,
    logLevel: 'Warning',
    fetch: withDeadline as typeof fetch,
    ...(ingestUrl !== undefined && { ingestUrl }),
    ...(apiUrl !== undefined && { apiUrl }),
    ...(ufsHost !== undefined && { ufsHost }),
    ...(ufsAppIdLocation !== undefined && { ufsAppIdLocation }),
  });
}

export function withDeadline(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
  return fetch(input, { ...init, signal });
}
