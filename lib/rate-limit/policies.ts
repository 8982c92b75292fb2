import type { Budget } from './budget.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Every rate limit of the program, by name. The rule that they all keep is decision 035: nobody uses up a budget that
 * somebody else needs, unless they proved something or it cost them. So budgets that only who asks can spend come in
 * any number; those that a stranger could empty for its owner or for everybody (`phone`, `link`, `everyone`) stand last
 * and do not shut: they narrow, to a few tries from each network. Many people share one address behind a carrier's
 * translation, so budgets per address are loose. `RATE_LIMIT_SCALE` multiplies all points.
 */
export const policies = {
  /**
   * Sending a code costs money and bothers the phone's holder. What is marked `rows` is counted exactly, from the codes
   * themselves (`issue-code.ts`). A browser that was signed in to the account before has a budget of its own; one that
   * waits for a code already asks again from its own; both are outside of what strangers share.
   */
  'code.send': [
    { per: 'address', points: 30, seconds: hour },
    { per: 'site', points: 45, seconds: hour },
    { per: 'network', points: 90, seconds: hour },
    { per: 'phone+browser', points: 1, seconds: minute, counted: 'rows' },
    { per: 'phone+browser', points: 4, seconds: hour, counted: 'rows' },
    { per: 'phone+browser', points: 8, seconds: day, counted: 'rows' },
    { per: 'phone', points: 8, seconds: hour, counted: 'rows' },
    { per: 'phone', points: 16, seconds: day, counted: 'rows' },
    { per: 'everyone', points: 2000, seconds: hour, counted: 'rows' },
  ],
  /** Asking for a code to a number that the browser does not wait for yet: less than strangers share of it. */
  'code.ask': [{ per: 'phone+network', points: 6, seconds: hour }],
  /** What a new number may still ask for while messages run short (`message-room.ts`): a little from each network. */
  'code.sendScarce': [{ per: 'network', points: 3, seconds: hour }],
  /**
   * On top of five attempts a code. Spent only when an attempt was really taken, given back when it was right. There is
   * none per phone: who guesses at a number needs codes sent to it, and those are counted.
   */
  'code.verify': [
    { per: 'address', points: 200, seconds: hour },
    { per: 'phone+browser', points: 20, seconds: hour },
  ],
  /** Wrong passwords at sign-in, from browsers that the account does not know. What was right is given back. */
  'session.create': [
    { per: 'phone+address', points: 10, seconds: 15 * minute },
    { per: 'phone+network', points: 20, seconds: 15 * minute },
    { per: 'address', points: 50, seconds: 15 * minute },
    { per: 'network', points: 200, seconds: 15 * minute },
    {
      per: 'phone',
      points: 100,
      seconds: hour,
      narrows: { per: 'phone+network', points: 2, seconds: hour },
      ceiling: 600,
    },
  ],
  /** The same from a browser that was signed in to the account before. */
  'session.createKnown': [{ per: 'phone+browser', points: 10, seconds: 15 * minute }],
  /** Wrong passwords of somebody signed in. */
  'password.confirm': [{ per: 'session', points: 10, seconds: 15 * minute }],
  'session.refresh': [{ per: 'session', points: 30, seconds: minute }],
  'file.upload': [{ per: 'account', points: 60, seconds: hour }],
  /** Each picture of a vendor's many asks by itself. */
  'gallery.upload': [{ per: 'account', points: 600, seconds: hour }],
  'gallery.change': [{ per: 'account', points: 240, seconds: minute }],
  'file.change': [{ per: 'account', points: 120, seconds: minute }],
  'conversion.request': [{ per: 'account', points: 10, seconds: minute }],
  /** Looking at what is the matter with a photo: free, and work for us. */
  'photo.check': [{ per: 'account', points: 60, seconds: minute }],
  'conversion.cancel': [{ per: 'account', points: 30, seconds: minute }],
  'conversion.change': [{ per: 'account', points: 120, seconds: minute }],
  /** A PNG is made on demand, and costs a second of a processor. */
  'conversion.download': [{ per: 'account', points: 20, seconds: minute }],
  /** Making, naming and revoking links. */
  'link.change': [{ per: 'account', points: 30, seconds: minute }],
  /** Sending results to shops; how many a day is the database's to say. */
  'lead.send': [{ per: 'account', points: 30, seconds: hour }],
  /** Choosing behind a link: a press for each picture; what may be said in all is the database's to say. */
  'link.pick': [{ per: 'address', points: 300, seconds: minute }],
  /** Wrong passwords of a link. What was right is given back. */
  'link.unlock': [
    { per: 'link+address', points: 10, seconds: 15 * minute },
    { per: 'link+network', points: 30, seconds: 15 * minute },
    {
      per: 'link',
      points: 300,
      seconds: hour,
      narrows: { per: 'link+network', points: 3, seconds: hour },
      ceiling: 3000,
    },
  ],
  /** Whole albums: a stream of many pictures each. */
  'link.download': [
    { per: 'address', points: 20, seconds: hour },
    { per: 'network', points: 60, seconds: hour },
    {
      per: 'link',
      points: 200,
      seconds: hour,
      narrows: { per: 'link+network', points: 2, seconds: hour },
      ceiling: 1000,
    },
  ],
  /** What one chat writes to a bot of ours; `account` is the chat. Beyond it nothing is answered. */
  'bot.talk': [{ per: 'account', points: 60, seconds: minute }],
  /** A photo in all styles, small: free, and ten seconds of a processor. */
  'bot.sheet': [{ per: 'account', points: 20, seconds: hour }],
  /** What messengers tell us of; they come from few addresses. */
  'bot.update': [{ per: 'address', points: 12_000, seconds: minute }],
  'payment.create': [{ per: 'account', points: 10, seconds: hour }],
  /** Codes that take something off or give something are short enough to be guessed. */
  'coupon.try': [{ per: 'account', points: 30, seconds: hour }],
  'payment.check': [{ per: 'account', points: 12, seconds: minute }],
  /** A receipt is drawn on demand. */
  'payment.receipt': [{ per: 'account', points: 30, seconds: minute }],
  'account.change': [{ per: 'account', points: 30, seconds: minute }],
  /** Everything an account has, read from database and disk. */
  'account.export': [{ per: 'account', points: 6, seconds: hour }],
  /** What administrators do: wide enough for busy hands, narrow enough to notice a script. */
  'admin.act': [{ per: 'account', points: 120, seconds: minute }],
  /** Pictures of a gallery that a moderator goes through: a page of them at once. */
  'admin.look': [{ per: 'account', points: 1200, seconds: minute }],
  /** Guesses at an administrator's second factor, by somebody who knows the password. */
  'admin.prove': [{ per: 'account', points: 10, seconds: 15 * minute }],
  /** Reading every table, and everything that was written down. */
  'admin.check': [{ per: 'account', points: 12, seconds: minute }],
  /** Counting visits: a page sends one, and one for each image that is opened. */
  'visit.note': [{ per: 'address', points: 240, seconds: minute }],
  /** What broke in a browser: a page tells of five errors at most. */
  'error.report': [{ per: 'address', points: 20, seconds: minute }],
  /** Reporting an image to the operator. */
  'image.report': [{ per: 'address', points: 10, seconds: hour }],
  /** Looking at what is one's own: pages ask again while something is being made. */
  'account.read': [{ per: 'account', points: 900, seconds: minute }],
  /** Opening a stream of events. A browser opens one again by itself when it breaks off. */
  'events.open': [{ per: 'account', points: 240, seconds: minute }],
  /** Lists and texts that anybody may read: each asks the database. */
  'gallery.print': [{ per: 'address', points: 60, seconds: minute }],
  'public.read': [{ per: 'address', points: 1200, seconds: minute }],
  /** Pictures: a page of a gallery shows dozens of them. */
  'file.read': [{ per: 'address', points: 12_000, seconds: minute }],
  /** What carries an upload; how many files may come is counted per account. */
  'upload.carry': [{ per: 'address', points: 3000, seconds: minute }],
  /** next-auth's own addresses; signing in has budgets of its own. */
  'session.read': [{ per: 'address', points: 600, seconds: minute }],
  /** People who come back from the gateway, and the servers that talk to our emulator of it. */
  'payment.return': [{ per: 'address', points: 600, seconds: minute }],
  'payment.emulate': [{ per: 'address', points: 12_000, seconds: minute }],
  /** A form that anybody may send; what it does may have a tighter budget of its own. */
  'form.submit': [{ per: 'address', points: 120, seconds: minute }],
} as const satisfies Record<string, readonly Budget[]>;

export type PolicyName = keyof typeof policies;

/** What goes on when nothing can be counted: it costs no money, guards no account, or only gives something up. */
const openWhenBlind: ReadonlySet<PolicyName> = new Set<PolicyName>([
  'form.submit',
  'visit.note',
  'session.refresh',
  'conversion.cancel',
  'account.read',
  'events.open',
  'public.read',
  'file.read',
  'session.read',
  'payment.return',
  'payment.emulate',
]);

/** Whether a policy lets pass while neither the fast store nor the database can count. */
export function isOpenWhenBlind(name: PolicyName): boolean {
  return openWhenBlind.has(name);
}

/** The parts of a key that are computed from the address. */
type Place = 'address' | 'site' | 'network';

type PartsOf<Key extends string> = Key extends `${infer Head}+${infer Tail}` ? Head | Tail : Key;

type PartOf<Name extends PolicyName> = PartsOf<
  Exclude<(typeof policies)[Name][number], { readonly counted: 'rows' }>['per']
>;

/** What a policy's budgets are counted by: all of it must be given, none can be forgotten. Places come of the address. */
export type LimitKeys<Name extends PolicyName> = {
  readonly [Key in PartOf<Name> as Key extends Place
    ? 'address'
    : Key extends 'everyone'
      ? never
      : Key]: string;
};

/** Policies that can be applied with nothing but who acts and from where. */
export type AccountPolicy = {
  [Name in PolicyName]: PartOf<Name> extends 'account' | Place ? Name : never;
}[PolicyName];

/** Policies that can be applied to anybody, signed in or not. */
export type AddressPolicy = {
  [Name in PolicyName]: PartOf<Name> extends Place ? Name : never;
}[PolicyName];
