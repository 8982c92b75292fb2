/** What an administrator can do, by the name of its words in `messages/` (`admin.acts`). */
const actionNames = [
  'suspend',
  'restore',
  'endSessions',
  'verify',
  'unverify',
  'grant',
  'plan',
  'check',
  'attend',
  'stray',
  'refund',
  'transfer',
  'reconcile',
  'rerun',
  'keep',
  'remove',
  'accept',
  'refuse',
  'takeDown',
  'putBack',
  'takeAvatar',
] as const;

export type ActionName = (typeof actionNames)[number];
