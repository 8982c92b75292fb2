import { env } from '#lib/core/env/env.ts';
import type { SpendingPurpose, SpendingSettings } from '#lib/core/env/spending-env.ts';
import { log } from '#lib/core/log.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import * as store from './spending-store.ts';

/**
 * The guard of what costs money with every call. At four fifths of a day's limit administrators are told; at the limit
 * those who do not pay are paused until midnight in Tehran, and a fifth above it everybody is.
 */

async function refuse(tx: Tx, purpose: SpendingPurpose): Promise<Result<never>> {
  const { secondsLeft, rials } = await store.findToday(tx, purpose);
  log.warn({ alarm: `spending.${purpose}`, rials }, 'no more is spent today');
  return fail('spending.paused', `today's ${purpose} spending`, { retryAfterSeconds: secondsLeft });
}

/** By this a conversion that may cost as much is admitted into today's spending (`admit_conversions`); null where nothing costs. */
export function engineDay(priceRials: number): SpendingSettings | null {
  const settings = env().spending.engine;
  // What costs nothing fits into every day.
  return settings && priceRials === 0
    ? { priceRials, limitRials: null, paidLimitRials: null }
    : settings && { ...settings, priceRials };
}

/** What a conversion was admitted for, in Rials; null for one that nobody admitted. */
export function admittedPrice(conversionId: string): Promise<number | null> {
  return store.findAdmitted(db(), conversionId);
}

/** What is answered where no more may be spent. */
export function refuseEngine(): Promise<Result<never>> {
  return refuse(db(), 'engine');
}

/** Counts a call of a hosted engine that is about to be made, at its price. `attemptKey` is the conversion's id. */
export async function countEngineCall(attemptKey: string, price: number): Promise<void> {
  const settings = env().spending.engine;
  if (settings) await store.countCall(db(), attemptKey, { price, limit: settings.limitRials });
}

/** Undoes that for a call which was certainly not taken. */
export async function takeBackEngineCall(attemptKey: string, price: number): Promise<void> {
  if (env().spending.engine) await store.takeBackCall(db(), attemptKey, price);
}

/** Gives back what a conversion was admitted for: it is made by our own engine, which costs nothing. */
export async function releaseEngineCall(conversionId: string): Promise<void> {
  if (env().spending.engine) await store.releaseCall(db(), conversionId);
}

/**
 * Admits a text message that is about to be sent into today's spending; answers the day. The first to be paused are
 * messages without which nobody is shut out: new accounts, reminders. Messages to existing accounts have the higher
 * ceiling; it is the kind of message that decides, never whether a number has an account.
 */
export async function admitMessage(tx: Tx, isNeeded: boolean): Promise<Result<string>> {
  const settings = env().spending.sms;
  if (!settings) return succeed('');
  const { priceRials: rials, limitRials: limit, paidLimitRials } = settings;
  const ceiling = isNeeded ? paidLimitRials : limit;
  const day = await store.admit(tx, 'sms', { rials, limit, ceiling });
  return day === null ? refuse(tx, 'sms') : succeed(day);
}

/** Undoes what was admitted for a message that no provider took. */
export async function takeBackMessage(tx: Tx, day: string): Promise<void> {
  const settings = env().spending.sms;
  if (settings) await store.takeBack(tx, 'sms', { day, rials: settings.priceRials });
}

export type MessageDay = {
  /** No message of this kind fits into today. */
  readonly isPaused: boolean;
  /** Half of what those without need may spend today is gone. */
  readonly isHalfSpent: boolean;
  readonly secondsLeft: number;
};

/** How far today's spending on messages has come. Nothing is spent by asking. */
export async function messageDay(tx: Tx, isNeeded: boolean): Promise<MessageDay> {
  const settings = env().spending.sms;
  if (!settings?.limitRials) return { isPaused: false, isHalfSpent: false, secondsLeft: 0 };
  const { priceRials, limitRials, paidLimitRials } = settings;
  const { rials, secondsLeft } = await store.findToday(tx, 'sms');
  const ceiling = isNeeded ? (paidLimitRials ?? limitRials) : limitRials;
  return { isPaused: rials + priceRials > ceiling, isHalfSpent: rials * 2 >= limitRials, secondsLeft };
}

/** Whether the hosted engine is paused today, for those who pay or for those who do not. */
export async function isEnginePaused(isPaying: boolean): Promise<boolean> {
  const settings = env().spending.engine;
  const ceiling = isPaying ? settings?.paidLimitRials : settings?.limitRials;
  if (!settings || ceiling === null || ceiling === undefined) return false;
  return (await store.findToday(db(), 'engine')).rials + settings.priceRials > ceiling;
}

export type SpendingState = {
  readonly purpose: SpendingPurpose;
  readonly settings: SpendingSettings;
  readonly today: store.SpentToday;
};

/** What costs money here, and how much of today's limit is gone. */
export async function listSpending(): Promise<SpendingState[]> {
  const { spending } = env();
  const states: SpendingState[] = [];
  for (const purpose of ['engine', 'sms'] as const) {
    const settings = spending[purpose];
    if (settings) states.push({ purpose, settings, today: await store.findToday(db(), purpose) });
  }
  return states;
}
