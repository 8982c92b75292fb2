/** Where our own emulator of the gateway stands, below the site's origin. */
export const emulatorPath = '/api/dev/zarinpal';
