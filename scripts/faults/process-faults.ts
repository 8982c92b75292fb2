import { faults, integration, one, type Scenario } from './scenario.ts';

/** What processes, databases and disks do. */
export const processFaults: readonly Scenario[] = [
  one(
    1,
    'F',
    'kill -9 of a worker in the middle of a conversion',
    'run again within 60 s; one result, one debit, no hand',
    [integration('conversions/killed-worker'), 'finish within a minute what a killed one had begun'],
  ),
  one(
    2,
    'F',
    'kill -9 between the provider’s success and our commit',
    'asked again under the same key, so charged once there; one result',
    [faults('workers'), '02 '],
  ),
  one(
    3,
    'F',
    'kill -9 of a web server after the commit, before the answer',
    'the same request finds what was made; one debit, one plan',
    [faults('web'), '03 '],
    [faults('payments'), '03 '],
  ),
  one(
    4,
    'F',
    'kill -9 of a web server before the commit',
    'no debit, no job, no orphan row; money is booked by the reconciler, once',
    [faults('web'), '04 '],
    [faults('payments'), '04 '],
  ),
  one(
    5,
    'F',
    'a worker stopped, its job run elsewhere, then continued',
    'the late result is discarded by the fence of the attempt',
    [faults('workers'), '05 '],
    [integration('conversions/run-conversion'), 'finds its late result discarded'],
  ),
  one(
    6,
    'F',
    'SIGTERM with four conversions running',
    'out within 30 s with 0, none lost',
    [faults('workers'), '06 '],
    [integration('conversions/killed-worker'), 'finish what they hold'],
  ),
  one(
    7,
    'F',
    'PostgreSQL restarted under 50 requests a second',
    'errors at most 10 s longer than the outage; what was acknowledged is there; listeners return',
    [faults('database-restart'), '07 '],
  ),
  one(8, 'F', 'PostgreSQL killed (crash recovery)', 'as 7; counts of sign-in limits survive', [
    faults('database-restart'),
    '08 ',
  ]),
  one(9, 'F', 'the LISTEN connection half open', 'jobs start by polling within 5 s', [
    faults('workers'),
    '09 ',
  ]),
  one(
    10,
    'F',
    'every connection of the pool busy',
    '503 with Retry-After within 5 s, not ready, recovers by itself',
    [faults('web'), '10 '],
    [integration('db/transact'), 'a crowded pool refuses'],
  ),
  one(
    11,
    'F',
    'the upload disk full',
    '507, no row, no part left; reading goes on',
    [integration('files/faults'), 'for stored pictures', 'for bytes on their way'],
    [integration('files/add-photo'), 'because the disk is full'],
  ),
  one(12, 'F', 'the database’s disk full', 'writes are refused whole; well again when there is room', [
    faults('full-database'),
    '12 ',
  ]),
];
