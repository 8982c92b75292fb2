import type { AccountKind } from '#lib/core/actor.ts';

/** What a program may be told of, by the kind of its account; the database refuses any other. Words are in `messages/` under `webhooks.events`. */
export const webhookEvents = {
  user: ['conversion.completed', 'conversion.failed', 'payment.completed'],
  vendor: ['picture.published', 'picture.unpublished', 'lead.received', 'payment.completed'],
} as const satisfies Record<AccountKind, readonly string[]>;

export type WebhookEvent = (typeof webhookEvents)[AccountKind][number];

/** What is told: an event, or that somebody wanted to see whether a message arrives. */
export type MessageKind = WebhookEvent | 'ping';

export const webhookLimits = {
  perAccount: 5,
  urlLength: 500,
  /** Messages of each that its owner sees; older ones are forgotten after thirty days. */
  shown: 20,
  keptDays: 30,
  /** An address at which nothing arrived for so long is switched off. */
  failingDays: 5,
  /** What a receiver may take. */
  answerMs: 10_000,
  /** An address by its name. */
  resolveMs: 5_000,
} as const;

/** Pauses between attempts, in seconds: the last comes a day after the first. */
export const pauses = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 8 * 3600, 8 * 3600 + 24 * 60] as const;

/** Both secrets are signed with for a day after one was replaced. */
export const rotationHours = 24;
