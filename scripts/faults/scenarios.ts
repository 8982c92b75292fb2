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
];
