import { randomBytes } from 'node:crypto';
import { env } from '../env/env.ts';
import { sealOrigin } from '../env/seal-env.ts';

/** Fresh for every page; scripts without it do not run. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

const picturesElsewhere = () => (env().storage.kind === 'uploadthing' ? ' https://*.ufs.sh' : '');

/**
 * What a page of ours may load and run. Style attributes are allowed because pictures are placed by them;
 * style sheets must be ours or carry the nonce.
 */
export function contentSecurityPolicy(nonce: string): string {
  const isHosted = env().storage.kind === 'uploadthing';
  const isDevelopment = process.env.NODE_ENV !== 'production';
  const pictures = picturesElsewhere();
  const seal = env().seal ? ` ${sealOrigin}` : '';
  const uploads = isHosted ? ' https://*.ingest.uploadthing.com' : '';
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // The development overlay brings style sheets of its own, without a nonce.
    isDevelopment ? "style-src-elem 'self' 'unsafe-inline'" : `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' data: blob:${pictures}${seal}`,
    // A film that was recorded on the device is shown before it is sent.
    "media-src 'self' blob:",
    `connect-src 'self'${uploads}`,
    "font-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** A shop's looks on the shop's own site: the one page that others may frame, by a policy of its own. */
export const isFramedElsewhere = (path: string) => /^(?:\/(?:fa|en))?\/embed\/g\//.test(path);

/** What that page may load, which is pictures and its font, and who may frame it: these hosts, and we. */
export function framePolicy(nonce: string, hosts: readonly string[]): string {
  return [
    "default-src 'none'",
    `img-src 'self'${picturesElsewhere()}`,
    "font-src 'self'",
    `style-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors 'self'${hosts.map((host) => ` https://${host}`).join('')}`,
  ].join('; ');
}

const unframed = [
  ['x-frame-options', 'DENY'],
  ['content-security-policy', "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"],
] as const;

/** Headers that stand on every answer of ours, whatever it is. A page replaces the policy by its own, stricter one. */
export function commonHeaders(path = ''): readonly (readonly [string, string])[] {
  const isSecure = env().nextauthUrl.startsWith('https://');
  return [
    ['x-content-type-options', 'nosniff'],
    ...(isFramedElsewhere(path) ? [] : unframed),
    ['referrer-policy', 'strict-origin-when-cross-origin'],
    ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
    ['cross-origin-opener-policy', 'same-origin'],
    ...(isSecure ? ([['strict-transport-security', 'max-age=63072000; includeSubDomains']] as const) : []),
  ];
}
