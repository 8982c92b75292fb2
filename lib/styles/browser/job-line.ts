import type { JobOptions } from './device-view.ts';

type Priority = NonNullable<JobOptions['priority']>;

const order: readonly Priority[] = ['now', 'soon', 'later'];

/** Jobs that wait: `now` before the others and the latest of it first, the rest in the order they came. */
export type Line<Job> = {
  add(job: Job, priority: Priority): void;
  /** Takes the next one out, of those that may be begun. */
  next(mayBegin: (job: Job) => boolean): Job | undefined;
  /** Takes this one out, wherever it stands; says whether it stood there. */
  remove(job: Job): boolean;
  isEmpty(): boolean;
  /** Takes all of these out, or everything. */
  empty(those?: (job: Job) => boolean): Job[];
};

export function createLine<Job>(): Line<Job> {
  const waiting: Record<Priority, Job[]> = { now: [], soon: [], later: [] };
  return {
    add(job, priority) {
      if (priority === 'now') waiting.now.unshift(job);
      else waiting[priority].push(job);
    },
    next: (mayBegin) => {
      for (const one of order) {
        const place = waiting[one].findIndex(mayBegin);
        if (place >= 0) return waiting[one].splice(place, 1)[0];
      }
      return undefined;
    },
    remove: (job) =>
      order.some((one) => {
        const place = waiting[one].indexOf(job);
        if (place >= 0) waiting[one].splice(place, 1);
        return place >= 0;
      }),
    isEmpty: () => order.every((one) => waiting[one].length === 0),
    empty: (those = () => true) =>
      order.flatMap((one) => {
        const out = waiting[one].filter(those);
        waiting[one] = waiting[one].filter((job) => !out.includes(job));
        return out;
      }),
  };
}
