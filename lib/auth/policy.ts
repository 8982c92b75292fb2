/** The numbers of identity, in one place. Safe to import in the browser. */

/** Characters, not bytes; no other rule of composition. */
export const passwordLength = { min: 8, max: 128 } as const;

export const codeDigits = 6;
export const codeLifeSeconds = 120;
/** How often somebody who needs more time may have that life once more. */
export const codeExtensions = 10;
export const codeAttempts = 5;
export const resendAfterSeconds = 60;

/** How long a session lasts unused, and at most. */
export const sessionIdleDays = 30;
export const sessionMaxDays = 90;
/** An administrator acts only this long after signing in. */
export const adminSessionMinutes = 60;
/** After this a session cookie opens nothing until it is exchanged for the next one. */
export const accessMinutes = 15;
/** The exchange happens this long before, so that a cookie does not lapse between the proxy and what is behind it. */
export const renewBeforeSeconds = 60;
/** How long after its successor was first used a token is still taken for a lost answer, not for theft. */
export const reuseGraceSeconds = 60;

/** A number that lay idle this long may belong to somebody else by now: a code alone no longer resets its password. */
export const recoveryMaxIdleDays = 365;
