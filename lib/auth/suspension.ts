import type { ErrorCode } from '#lib/core/errors.ts';

/** What an account can be suspended for, in words that its owner is told. */
export const suspensionKinds = ['pictures', 'abuse', 'payment', 'safety', 'request'] as const;
export type SuspensionKind = (typeof suspensionKinds)[number];

const codes = {
  pictures: 'account.inactivePictures',
  abuse: 'account.inactiveAbuse',
  payment: 'account.inactivePayment',
  safety: 'account.inactiveSafety',
  request: 'account.inactiveRequest',
} as const satisfies Record<SuspensionKind, ErrorCode>;

/** The failure that says so; of accounts from before there were kinds only that they are closed. */
export function suspensionCode(suspendedFor: string | null): ErrorCode {
  const kind = suspensionKinds.find((one) => one === suspendedFor);
  return kind ? codes[kind] : 'account.inactive';
}
