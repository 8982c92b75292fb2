/**
 * Everything that is worth remembering, as `noun.verb`. A feature adds its own lines here, so that the list
 * of what can stand in the audit log is one page.
 */
export const auditActions = [
  'admin.grant',
  'account.create',
  'account.update',
  'account.suspend',
  'account.restore',
  'account.export',
  'account.delete',
  'code.issue',
  'code.refuse',
  'code.exhaust',
  'session.create',
  'session.refuse',
  'session.revoke',
  'session.reuse',
  'password.reset',
  'password.change',
  'phone.change',
  'image.add',
  'image.delete',
  'image.publish',
  'image.unpublish',
  'image.life',
  'agreement.record',
  'conversion.request',
  'conversion.cancel',
  'conversion.complete',
  'conversion.fail',
  'access.refuse',
] as const;

/** What happened. */
export type AuditAction = (typeof auditActions)[number];
