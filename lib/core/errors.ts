/**
 * Every expected failure, by code. Each has a sentence in `messages/` under `errors.<code>` in both
 * languages (a test compares the lists), and an HTTP status for route handlers.
 */
export const errorStatus = {
  'input.invalid': 422,
  'auth.required': 401,
  'auth.badCredentials': 401,
  'auth.codeWrong': 422,
  'auth.codeExpired': 422,
  'auth.phoneTaken': 409,
  'auth.busy': 503,
  'auth.sessionOld': 403,
  'auth.factorMissing': 403,
  'auth.roleMissing': 403,
  'account.inactive': 403,
  'account.unverified': 403,
  'account.paymentOpen': 409,
  'quota.exceeded': 402,
  'quota.imagesExceeded': 402,
  notFound: 404,
  'state.illegal': 409,
  'rate.limited': 429,
  'spending.paused': 503,
  'sms.unavailable': 503,
  'request.crossSite': 403,
  'file.tooLarge': 413,
  'file.notPicture': 415,
  'file.refused': 422,
  'file.damaged': 422,
  'file.animated': 415,
  'file.tooManyPixels': 422,
  'file.heic': 415,
  'file.svg': 415,
  'file.storageFull': 507,
  'file.uploadIncomplete': 409,
  'file.unreadable': 422,
  'file.linkInvalid': 403,
  'image.waiting': 409,
  'image.refused': 409,
  'album.tooMany': 409,
  'agreement.required': 403,
  'style.unknown': 422,
  'conversion.tooManyWaiting': 429,
  'conversion.deadline': 504,
  'conversion.engine': 502,
  'conversion.refused': 422,
  'link.passwordWrong': 422,
  'link.tooMany': 409,
  'payment.notForSale': 422,
  'payment.quoteChanged': 409,
  'payment.gatewayDown': 503,
  'service.unavailable': 503,
  /** Nobody can say at the moment whether it was done: a commit, or a request, whose answer was lost. */
  'answer.lost': 503,
  /** Known to a browser only: see `components/ui/action/call-action.ts`. */
  'line.offline': 503,
  'page.outdated': 409,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof errorStatus;

export const errorCodes = Object.keys(errorStatus) as ErrorCode[];
