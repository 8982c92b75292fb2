/** What a budget is counted per. */
export type LimitKey = 'address' | 'phone' | 'account' | 'session' | 'link' | 'everyone';

export type Budget = { readonly per: LimitKey; readonly points: number; readonly seconds: number };

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Every rate limit of the program, by name. Many people share one address behind a carrier's translation,
 * so budgets per address are loose and budgets per phone tight. `RATE_LIMIT_SCALE` multiplies all points.
 */
export const policies = {
  /**
   * Sending a code costs money and bothers whoever holds the phone. The budgets per phone are counted
   * exactly, from the codes themselves (`issue-code.ts`), and so is the one for everybody, which caps what
   * messages can cost in an hour; the minute between two codes is per purpose.
   */
  'code.send': [
    { per: 'phone', points: 1, seconds: minute },
    { per: 'phone', points: 5, seconds: hour },
    { per: 'phone', points: 10, seconds: day },
    { per: 'address', points: 30, seconds: hour },
    { per: 'everyone', points: 2000, seconds: hour },
  ],
  /** On top of five attempts a code. */
  'code.verify': [
    { per: 'phone', points: 20, seconds: hour },
    { per: 'address', points: 200, seconds: hour },
  ],
  'session.create': [
    { per: 'phone', points: 10, seconds: 15 * minute },
    { per: 'address', points: 50, seconds: 15 * minute },
  ],
  'session.refresh': [{ per: 'session', points: 30, seconds: minute }],
  'file.upload': [{ per: 'account', points: 60, seconds: hour }],
  /** Each picture of a vendor's many asks by itself. */
  'gallery.upload': [{ per: 'account', points: 600, seconds: hour }],
  'gallery.change': [{ per: 'account', points: 240, seconds: minute }],
  'file.change': [{ per: 'account', points: 120, seconds: minute }],
  'conversion.request': [{ per: 'account', points: 10, seconds: minute }],
  /** Looking at what a photo's styles would be, and at what is the matter with it: free, and work for us. */
  'preview.read': [{ per: 'account', points: 600, seconds: minute }],
  'photo.check': [{ per: 'account', points: 60, seconds: minute }],
  'conversion.cancel': [{ per: 'account', points: 30, seconds: minute }],
  'conversion.change': [{ per: 'account', points: 120, seconds: minute }],
  /** A PNG is made on demand, and costs a second of a processor. */
  'conversion.download': [{ per: 'account', points: 20, seconds: minute }],
  /** Making, naming and revoking links. */
  'link.change': [{ per: 'account', points: 30, seconds: minute }],
  /**
   * Guesses at the password of a link: few from one address (counted per link and address), and a bound for
   * everybody together, wide enough that a stranger does not shut out those who know it.
   */
  'link.unlock': [
    { per: 'address', points: 10, seconds: 15 * minute },
    { per: 'link', points: 300, seconds: hour },
  ],
  /** Whole albums: a stream of many pictures each. */
  'link.download': [
    { per: 'address', points: 20, seconds: hour },
    { per: 'link', points: 200, seconds: hour },
  ],
  'payment.create': [{ per: 'account', points: 10, seconds: hour }],
  'payment.check': [{ per: 'account', points: 12, seconds: minute }],
  /** A receipt is drawn on demand. */
  'payment.receipt': [{ per: 'account', points: 30, seconds: minute }],
  'account.change': [{ per: 'account', points: 30, seconds: minute }],
  /** Everything an account has, read from database and disk. */
  'account.export': [{ per: 'account', points: 6, seconds: hour }],
  /** What administrators do: wide enough for busy hands, narrow enough to notice a script. */
  'admin.act': [{ per: 'account', points: 120, seconds: minute }],
  /** Reading every table, and everything that was written down. */
  'admin.check': [{ per: 'account', points: 12, seconds: minute }],
  /** Counting visits: a page sends one, and one for each image that is opened. */
  'visit.note': [{ per: 'address', points: 240, seconds: minute }],
  /** Reporting an image to the operator. */
  'image.report': [{ per: 'address', points: 10, seconds: hour }],
  /** Looking at what is one's own: pages ask again while something is being made. */
  'account.read': [{ per: 'account', points: 900, seconds: minute }],
  /** Opening a stream of events. A browser opens one again by itself when it breaks off. */
  'events.open': [{ per: 'account', points: 240, seconds: minute }],
  /** Lists and texts that anybody may read: each asks the database. */
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

type KeyOf<Name extends PolicyName> = (typeof policies)[Name][number]['per'];

/** The keys that a policy's budgets are counted by: all of them must be given, none can be forgotten. */
export type LimitKeys<Name extends PolicyName> = {
  readonly [Key in Exclude<KeyOf<Name>, 'everyone'>]: string;
};

/** Policies that can be applied with nothing but who acts and from where. */
export type AccountPolicy = {
  [Name in PolicyName]: KeyOf<Name> extends 'account' | 'address' ? Name : never;
}[PolicyName];

/** Policies that can be applied to anybody, signed in or not. */
export type AddressPolicy = {
  [Name in PolicyName]: KeyOf<Name> extends 'address' ? Name : never;
}[PolicyName];
