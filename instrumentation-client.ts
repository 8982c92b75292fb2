import { keepEarlyFields } from '#components/shell/start/early-fields.ts';
import { answeredUnlessLeft } from '#components/shell/start/leaving.ts';

/**
 * Runs in the browser before anything else. Our pages forbid code made of text, which zod tries once when the first schema
 * is built, so that every form reported a violation. It reads this object of its own (`zod/v4/core`) before that; the
 * server, which may, is not told.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

window.fetch = answeredUnlessLeft(window.fetch.bind(window));
keepEarlyFields();
