import type { JobOptions } from './device-view.ts';

type Priority = NonNullable<JobOptions['priority']>;

const order: readonly Priority[] = ['now', 'soon', 'later'];

/** Jobs that wait: `now` before the others and the latest of it first, the rest in the order they came. */
export type Line<Job> = {
  add(job: Job, priority: Priority): void;
  /** Takes the next one out. */
  next(): Job | undefined;
  /** Takes this one out, wherever it stands; says whether it stood there. */
  remove(job: Job): boolean;
  /** Takes everything out. */
  empty(): Job[];
};

export function createLine<Job>(): Line<Job> {
  const waiting: Record<Priority, Job[]> = { now: [], soon: [], later: [] };
  return {
    add(job, priority) {
      if (priority === 'now') waiting.now.unshift(job);
      else waiting[priority].push(job);
    },
    next: () => waiting[order.find((one) => waiting[one].length > 0) ?? 'later'].shift(),
    remove: (job) =>
      order.some((one) => {
        const place = waiting[one].indexOf(job);
        if (place >= 0) waiting[one].splice(place, 1);
        return place >= 0;
      }),
    empty: () => order.flatMap((one) => waiting[one].splice(0)),
  };
}
