/**
 * What people may turn off. What concerns the safety of an account, and its money, is told always: those kinds are no
 * topic.
 */
export const noticeTopics = ['conversions', 'quota', 'plans'] as const;

export type NoticeTopic = (typeof noticeTopics)[number];

/** Which of them an account of this kind gets notices of at all. */
export const topicsOf = {
  user: ['conversions', 'quota', 'plans'],
  vendor: ['quota', 'plans'],
} as const satisfies Record<'user' | 'vendor', readonly NoticeTopic[]>;
