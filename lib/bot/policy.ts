/** The numbers of the bots. */

export const botLimits = {
  /** Updates that one worker deals with at once; those of one chat come one after the other. */
  atOnce: 4,
  /** How soon a worker that is busy looks whether there is more. */
  lookMs: 300,
  /** What all samples of a photo may take; what is not painted by then is offered by its name. */
  sheetMs: 80_000,
  /** How often something is tried that does not work at the moment, and the pauses between, in seconds. */
  pauses: [3, 15, 60, 300],
  /** What was taken by a worker that has ended comes back after so long. */
  claimSeconds: 120,
  /** How long a worker that asks for updates may be silent until another asks. */
  leaseSeconds: 45,
  /** How long a messenger keeps our question open while nobody writes. */
  pollSeconds: 20,
  /** Updates asked for at a time. */
  pollBatch: 50,
  /** What a call may take, and one that carries a picture. */
  callSeconds: 10,
  fileSeconds: 60,
  /** What is sent to us by a webhook: text and the names of files, never their bytes. */
  updateBytes: 256 * 1024,
  /** An update is known again for so long: messengers keep them for a day. */
  seenDays: 3,
  /** How long a chat without an account is remembered. */
  strangerDays: 7,
  /** Conversions that the history shows. */
  history: 6,
} as const;
