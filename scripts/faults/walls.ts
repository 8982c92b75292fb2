import { integration, one, type Scenario } from './scenario.ts';

const access = (name: string) => `tests/access/${name}.test.ts`;

/** What attackers with the source at hand found in the walls between people, and what people must not see or keep. */
export const walls: readonly Scenario[] = [
  one(
    70,
    'A',
    'an address of a page that goes around the proxy',
    'there is none: what goes around is a file by its whole name; a door asks for the origin itself',
    [access('proxy-matcher'), 'no address outside a closed list', 'is asked by the proxy'],
    [integration('auth/requests'), 'a door refuses a foreign page by itself'],
  ),
  one(
    71,
    'A',
    'a session token that has lapsed, or was copied and exchanged',
    'opens nothing on any way; a copy ends the session for both, and its owner is told once',
    [integration('auth/sessions'), 'a session token on a way that nobody exchanges it on'],
    [integration('auth/requests'), 'a cookie is exchanged a minute before it lapses'],
  ),
  one(
    72,
    'A',
    'pictures and avatars of a suspended account, at addresses kept or signed',
    'found by nobody and kept by no cache for longer than a minute; there again when it is restored',
    [integration('files/serve-file'), 'a picture of an account that is suspended'],
  ),
  one(
    73,
    'A',
    'an account is deleted, and every column of every table is searched for it',
    'a random number and keyed hashes; where an event came from goes with the account or after 90 days',
    [
      integration('account/no-trace'),
      'of a user who leaves',
      'of a vendor who leaves',
      'is kept ninety days',
    ],
  ),
  one(
    74,
    'A',
    'a vendor minutes old, or swimwear, on the first page',
    'waits for a person, is shown by itself when accepted; its vendor is told why when not',
    [integration('files/publication'), 'the first images of a vendor', 'what becomes public'],
  ),
  one(
    75,
    'A',
    'many report a picture; one person reports it from many addresses',
    'hidden until somebody decides, by networks and not by addresses; never again once it was kept',
    [integration('files/publication'), 'what visitors report'],
  ),
  one(
    76,
    'A',
    'a picture that a moderator takes down is asked for, or published again',
    'its addresses lead nowhere; its vendor has it, knows why and cannot show it',
    [integration('files/publication'), 'an image that a moderator takes down'],
  ),
  one(
    77,
    'A',
    'an administrator’s password in other hands',
    'the console asks for a code of now in every session',
    [integration('auth/second-factor'), 'getting a second factor', 'opens with a code of now'],
  ),
  one(
    78,
    'A',
    'a code or recovery code shown twice, by twenty browsers at once',
    'taken once; a factor ends with its grant',
    [
      integration('auth/second-factor'),
      'takes no code twice',
      'takes a code once when twenty',
      'takes each recovery code once',
      'ends with the grant',
    ],
  ),
  one(
    79,
    'A',
    'an administrator of another role at every act, page and route',
    'refused by its door',
    [access('actions'), 'knows whether it is for the role'],
    [access('pages'), 'knows whether it is for the role'],
    [access('routes'), 'knows whether it is for the role'],
  ),
];
