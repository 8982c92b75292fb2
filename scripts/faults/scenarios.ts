import { abuse } from './abuse.ts';
import { processFaults } from './process-faults.ts';
import type { Scenario } from './scenario.ts';
import { storeFaults } from './store-faults.ts';
import { strangeInput } from './strange-input.ts';
import { strangers } from './strangers.ts';
import { walls } from './walls.ts';

/** All of them, by number. */
export const scenarios: readonly Scenario[] = [
  ...processFaults,
  ...storeFaults,
  ...abuse,
  ...strangeInput,
  ...strangers,
  ...walls,
].sort((a, b) => a.number - b.number);

/**
 * Scenarios whose tests move a clock or the age of a row instead of waiting: hours, days and windows of limits. All others are
 * measured in service.
 */
export const clockMoved: ReadonlySet<number> = new Set([
  17, 18, 19, 20, 31, 38, 54, 59, 60, 62, 66, 73, 78, 85,
]);
