import { expect, it } from 'vitest';
import { sourceFiles } from './imports.ts';

/**
 * Writes that are one statement outside a transaction, each with why a lost answer of it does no harm: nobody hears what it
 * said, and it may happen twice. Whatever decides or is told to a person goes through `transact`, `commitFiles` or `decide`.
 */
const harmless: Readonly<Record<string, string>> = {
  'auth/code extendLiveCodes': 'asked once more, a code lives its time from then',
  'auth/code markSending': 'written again by the next sender, the same',
  'auth/session touchSession': 'the next request writes it again',
  'auth/answer dropAnswer': 'a claim gives way by itself after a minute',
  'auth/answer keepAnswer': 'written again, the same',
  'auth/token touchToken': 'the next request writes it again',
  'auth deleteOldAnswers': 'swept again in an hour',
  'auth deleteOldTokens': 'swept again in an hour',
  'auth deleteOldCodes': 'swept again in an hour',
  'auth deleteOldSessions': 'swept again in an hour',
  'audit deleteOldOrigins': 'swept again in an hour',
  'auth forgetOldNumbers': 'swept again in an hour',
  'auth/phone forgetOldNumber': 'the job comes again, and the provider knows the message by its id',
  'auth deleteOldWishes': 'swept again in an hour',
  'auth/wish dropWish': 'one that nobody answers lapses by itself',
  'auth/wish keepAnswer': 'kept or not, the wish was granted; sent again it is looked at anew',
  'auth/wish takeWish': 'taken and not known, it lapses by itself',
  'bot/chat deleteStrangers': 'swept again in an hour',
  'bot claimUpdates': 'its turn comes again after two minutes',
  'bot delayUpdate': 'its turn comes again after two minutes',
  'bot/inbox deleteOldUpdates': 'swept again in an hour',
  'bot endUpdate': 'written again, the same',
  'bot/inbox releasePolling': 'another asks when the lease is over',
  'bot silenceChat': 'the next message is refused again',
  'bot claimOrders': 'its turn comes again after two minutes',
  'bot delayOrder': 'its turn comes again after two minutes',
  'bot/order deleteOldOrders': 'swept again in an hour',
  'bot deleteOrder': 'written again, the same',
  'bot notePicture': 'written again, the same; lost, a picture comes twice',
  'bot/talk insertOrders': 'the same again is no row',
  'bot/talk setLanguage': 'said again, it is set again',
  'bot/talk setLook': 'said again, it is set again',
  'conversions noteEngine': 'names whom the attempt asks; broken, nobody is asked',
  'conversions noteStage': 'the next stage says more; the end has a transaction of its own',
  'files/image addSizes': 'made again when somebody needs it; never taken away by an error',
  'files/image noteMissing': 'the sweep comes again',
  'files/image claimForLater': 'its turn comes again after ten minutes',
  'files/review noteUncertain': 'looked at again in a minute',
  'files/sweep deleteFileRow': 'the sweep comes again',
  'files/sweep deleteOrphanNotes': 'the sweep comes again',
  'files/sweep insertStoreMark': 'the same mark again is no row',
  'files/sweep noteFound': 'the sweep comes again',
  'files/sweep noteOrphan': 'the same note again is no row',
  'files/upload deleteExpiredUploads': 'parts without a row are swept by their age',
  'files/upload dropUploads': 'gives way by itself after two minutes',
  'files/upload noteArrived': 'the service reports again; the row is the same',
  'files/upload refuseUpload': 'the same request is refused again',
  'files/upload reopenUpload': 'opens by itself after a minute',
  'files/upload touchUpload': 'the next bytes write it again',
  'gallery/visit insertVisits': 'the same visit again is no row',
  'notifications/notice deleteOldTries': 'swept again in an hour',
  'notifications/sms insertTry': 'a line twice says the same twice',
  'notifications/notice deleteOldMessages': 'swept again in an hour',
  'notifications/notice deleteOldNotices': 'swept again in an hour',
  'notifications/notice markReadAbout': 'seen again, it is read again',
  'notifications/sms insertOutboxMessage': 'the same message again is no row',
  'notifications/sms admitMessage': 'one try more or less at a provider that is down',
  'notifications/sms noteFailure': 'the next failure is counted',
  'notifications/sms noteSuccess': 'the next success is noted',
  'payments listTakers': 'one payment more tries a gateway that was down',
  'payments noteSession': 'how a gateway answered, beside what it said',
  'payments/check callAttention': 'the same reason again changes nothing',
  'payments/refund claimOpenReversals': 'its turn comes again',
  'payments/check keepCheck': 'kept again five seconds later',
  'payments/check noteStray': 'seen again in the next list',
  'payments/emulator addFault': 'stands for the gateway in tests and demos',
  'payments/emulator clearFaults': 'stands for the gateway in tests and demos',
  'payments/emulator mergeSettings': 'stands for the gateway in tests and demos',
  'payments/emulator moveClock': 'stands for the gateway in tests and demos',
  'payments/emulator noteRequest': 'stands for the gateway in tests and demos',
  'payments/emulator takeFault': 'stands for the gateway in tests and demos',
  'payments/emulator change': 'stands for the gateway in tests and demos',
  'payments/emulator insertSession': 'stands for the gateway in tests and demos',
  'payments/emulator returnForgottenMoney': 'stands for the gateway in tests and demos',
  'rate-limit releaseCall': 'deletes one admission, and a second time none',
  'webhooks/delivery claimDue': 'its turn comes again after a minute',
  'webhooks/delivery deleteOldMessages': 'swept again in an hour',
  'webhooks/delivery noteHealth': 'the next attempt says it again',
  'webhooks/delivery noteAttempt': 'written again, the same; a message that is sent twice carries one id',
  'rate-limit spendInDatabase': 'counts one more, never one less',
  'rate-limit takeBackCall': 'counts one less of what was counted for nothing; lost, one too many stays',
  'rate-limit addSpendings': 'counts one more, never one less',
  'rate-limit countCall': 'counts one more, never one less',
  'rate-limit deleteOldCounts': 'swept again in an hour',
  'rate-limit deleteSettledSpendings': 'swept again in an hour',
  'payments/reminder deleteOldReminders': 'swept again in an hour',
  'sharing/album-link addToLog': 'a view more or less in a figure',
  'sharing/result-link addView': 'a view more or less in a figure',
};

const writes =
  /\b(INSERT INTO|UPDATE \w+|DELETE FROM)\b|\.(create|createMany|update|updateMany|upsert|delete|deleteMany)\(\{|\$executeRaw/;

function loneWrites(): string[] {
  const files = sourceFiles('lib').filter(({ path }) => !path.startsWith('lib/db/'));
  const functions = files.flatMap(({ path, text }) =>
    text.split(/\n(?=(?:export )?(?:async )?function )/).flatMap((part) => {
      const name = /^(?:export )?(?:async )?function (\w+)/.exec(part)?.[1];
      return name && writes.test(part)
        ? [{ path, name, part, takesTx: /\btx: Tx\b/.test(part.slice(0, 400)) }]
        : [];
    }),
  );
  const writers = new Set(functions.filter(({ takesTx }) => takesTx).map(({ name }) => name));
  const folder = (path: string) => path.replace(/^lib\//, '').replace(/\/[^/]+$/, '');
  const own = functions
    .filter(
      ({ takesTx, part }) =>
        !takesTx && /\b(db|patientDb)\(\)/.test(part) && !/\b(transact|commitFiles|decide)[(<]/.test(part),
    )
    .map(({ path, name }) => `${folder(path)} ${name}`);
  const called = files.flatMap(({ path, text }) =>
    [...text.matchAll(/\b(\w+)\(\s*(?:db|patientDb)\(\)/g)]
      .filter(([, name]) => writers.has(name ?? ''))
      .map(([, name]) => `${folder(path)} ${name}`),
  );
  return [...new Set([...own, ...called])].sort();
}

it('every write outside a transaction is one whose lost answer does no harm', () => {
  expect(loneWrites()).toEqual(Object.keys(harmless).sort());
});
