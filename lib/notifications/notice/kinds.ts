/** Everything that is told inside the program, as `noun.verb`; its sentence stands in `messages/` under `notices`. */
export const noticeKinds = [
  'session.newDevice',
  'session.reuse',
  'password.change',
  'password.reset',
  'phone.change',
  'phone.ask',
  'payment.complete',
  'payment.refund',
  'plan.ending',
  'plan.end',
  'conversion.complete',
  'conversion.fail',
  'picture.accept',
  'picture.refuse',
  'picture.hold',
  'picture.remove',
  'picture.lost',
  'avatar.remove',
  'quota.low',
  'quota.used',
  'quota.grant',
  'account.restore',
  'spending.warn',
  'spending.pause',
] as const;

export type NoticeKind = (typeof noticeKinds)[number];
