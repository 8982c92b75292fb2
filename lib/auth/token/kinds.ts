import type { AccountKind } from '#lib/core/actor.ts';

/** What a token may be allowed, by the kind of its account; the database refuses any other. Words are in `messages/` under `tokens.scopes`. */
export const scopesOf = {
  user: ['account:read', 'photos:read', 'photos:write', 'conversions:read', 'conversions:write'],
  vendor: ['account:read', 'gallery:read', 'gallery:write', 'insight:read'],
} as const satisfies Record<AccountKind, readonly string[]>;

export type TokenScope = (typeof scopesOf)[AccountKind][number];

/** How long a token lasts, in days; 0: until it is revoked. */
export const tokenLives = [30, 90, 365, 0] as const;
export type TokenLife = (typeof tokenLives)[number];

export const tokenLimits = { nameLength: 60, alive: 20 } as const;
