import { faults, integration, one, type Scenario, unit } from './scenario.ts';

const rule = integration('rate-limit/the-rule');
const attacks = integration('rate-limit/attacks');
const openUploads = 'tests/contract/files/open-uploads.test.ts';

/** What strangers use up or hold: decision 035. Beside each, somebody elsewhere goes on. */
export const strangers: readonly Scenario[] = [
  one(
    57,
    'A',
    'every rate limit attacked from 40 networks and a /48, with the victim’s phone and link',
    'somebody elsewhere is let in by each',
    [rule, 'after an attack by strangers', 'one /48 or one /24'],
    [faults('strangers'), '57'],
  ),
  one(
    58,
    'A',
    'forgotten passwords of numbers nobody has, from everywhere',
    'no message counts; codes go out to others',
    [attacks, 'are not spent by asking', 'of one /48 are few', 'after ', 'tell nothing about whether'],
    [faults('strangers'), '58'],
  ),
  one(
    59,
    'A',
    'wrong passwords for one number from everywhere',
    'its known browsers, its sessions and a code still open it',
    [
      attacks,
      'opens the door from a browser',
      'set anew by code',
      'is asked for inside',
      'no faster by a stranger',
    ],
    [integration('auth/sign-in'), 'the eleventh wrong try'],
    [faults('strangers'), '59'],
  ),
  one(
    60,
    'A',
    'guesses at codes that are not there; codes asked for somebody else’s number',
    'its holder verifies, and has another sent',
    [attacks, 'whatever strangers guess', 'typed codes that had lapsed'],
    [integration('auth/sign-up'), 'whatever strangers asked for its number', 'at most eight codes'],
    [faults('strangers'), '60'],
  ),
  one(
    61,
    'A',
    '110 connections on the card of a shared result',
    'made once; full is 503 with Retry-After; uploads go on',
    [integration('sharing/result-links'), 'made once for many', 'told so and never lost'],
    [unit('core/lanes'), 'an owner that floods the second', 'turns away the last'],
  ),
  one(
    62,
    'A',
    '60 signed uploads, and uploads with one byte missing',
    'as many as the quota has, 60 MiB an account; the folder has a cap',
    [
      openUploads,
      'of sixty',
      'asked for at once',
      'one byte missing',
      'give way',
      'has a cap',
      'reacts to what is free',
    ],
  ),
  one(63, 'A', 'the original of an album whose link has no download', 'not found; pages show smaller sizes', [
    integration('sharing/album-links'),
    'gives the original to nobody',
  ]),
  one(
    64,
    'A',
    'event streams without end, and after signing out',
    '20 an account; one look for all who watch; an end with the session',
    [integration('conversions/events'), 'cost one look', 'so many streams', 'ends with its session'],
  ),
  one(
    65,
    'A',
    'NUL, half surrogates, days and numbers that fit nowhere',
    'bad input, at every door',
    [unit('core/storable'), 'cannot be kept', 'SQLSTATE'],
    [faults('strangers'), '65'],
  ),
  one(66, 'A', '200 invented browsers at one address', 'sixteen visitors a day at most', [
    integration('gallery/visits'),
    'two hundred invented browsers',
  ]),
  one(67, 'A', 'one unpaid authority returned again and again', 'the gateway is asked every three seconds', [
    integration('payments/settle-return'),
    'again and again with nothing paid',
  ]),
  one(68, 'A', 'short and common passwords for links', 'refused when they are chosen', [
    unit('sharing/links'),
    'a password for a link',
  ]),
  one(
    69,
    'A',
    'reading where a picture is stored, or under which name we are asked',
    'ETags and Link headers say neither',
    [integration('files/serve-file'), 'may be cached by anybody'],
    [integration('auth/requests'), 'names its languages'],
  ),
];
