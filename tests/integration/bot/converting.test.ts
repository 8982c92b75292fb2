import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { takeUpdates } from '#lib/bot/inbox/poll-updates.ts';
import { sendResults } from '#lib/bot/send-results.ts';
import { packId } from '#lib/bot/talk/talk.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import { env } from '#lib/core/env/env.ts';
import { countVisits } from '#lib/gallery/visit/count-visits.ts';
import { flushVisits } from '#lib/gallery/visit/note-visit.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };
import {
  buttonsIn,
  hear,
  linkChatOf,
  linkedChat,
  newChat,
  saidTo,
  sampled,
  useBotServer,
} from '#tests/support/bots.ts';
import { painting } from '#tests/support/conversions.ts';
import { newGallery } from '#tests/support/galleries.ts';
import { signUpAndVerify, useIdentity } from '#tests/support/identity.ts';
import { quarters } from '#tests/support/pictures.ts';
import { blocked, messageFrom, pressFrom, tooBig, tooMany } from '#tests/support/servers/bot-api.ts';

const database = useIdentity(1000);
const server = await useBotServer();

beforeEach(() => {
  server().calls.splice(0);
  for (const method of ['sendMessage', 'sendPhoto', 'sendDocument', 'getFile']) server().script(method);
});

const linked = () => linkedChat(database());

async function photoOf(fileId: string) {
  server().keep(fileId, await quarters(160, 120).jpeg().toBuffer());
  return {
    photo: [
      { file_id: `${fileId}-small`, width: 9, height: 9 },
      { file_id: fileId, width: 160, height: 120 },
    ],
  };
}

const countOf = async (userId: string) => {
  const [row] = await database().query<{ photos: number; conversions: number }>(
    `SELECT (SELECT count(*)::int FROM images WHERE user_id = $1 AND type = 'user') AS photos,
       (SELECT count(*)::int FROM user_conversions WHERE user_id = $1) AS conversions`,
    [userId],
  );
  return row;
};

const newestConversion = async (userId: string) => {
  const [row] = await database().query<{ id: string }>(
    'SELECT id FROM user_conversions WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1',
    [userId],
  );
  return row?.id ?? '';
};

/** What a worker does with what waits. */
async function paint(id: string) {
  await runConversion(id, { engine: painting, signal: new AbortController().signal, isLastTry: true });
  await sendResults(env().bots);
}

const sent = (method: string) => server().calls.filter((call) => call.method === method);

describe('a conversation that ends with a picture', () => {
  it('from the photo by a sheet of styles to the result, as picture and as file; told twice, done once', async () => {
    const { userId, chatId } = await linked();
    const update = messageFrom(chatId, await photoOf('a1'));
    await hear([update, update]);
    await hear([update]);
    expect(await countOf(userId)).toEqual({ photos: 1, conversions: 0 });
    const [sheet] = sent('sendPhoto');
    expect(sent('sendPhoto')).toHaveLength(1);
    const picture = await sharp(Object.values(sheet?.files ?? {})[0]).metadata();
    expect(picture.format).toBe('jpeg');
    expect(picture.width).toBeGreaterThan(900);
    expect(picture.height).toBeGreaterThan(400);
    const buttons = buttonsIn(server(), chatId);
    expect(buttons).toHaveLength(sampled.length);
    for (const { callback_data } of buttons) expect(Buffer.byteLength(callback_data)).toBeLessThanOrEqual(64);
    const noir = buttons.find(({ text }) => text === fa.styles.noir.title);
    // Pressed twice, and told twice: one wish.
    const presses = [
      pressFrom(chatId, noir?.callback_data ?? ''),
      pressFrom(chatId, noir?.callback_data ?? ''),
    ];
    await hear([...presses, ...presses]);
    expect(await countOf(userId)).toEqual({ photos: 1, conversions: 1 });
    expect(sent('answerCallbackQuery')).toHaveLength(2);
    const id = await newestConversion(userId);
    await sendResults(env().bots);
    expect(sent('sendDocument'), 'nothing before it is made').toEqual([]);
    await paint(id);
    await paint(id);
    const [, result] = sent('sendPhoto');
    expect(result?.payload.caption).toContain(fa.styles.noir.title);
    const [file] = sent('sendDocument');
    expect(sent('sendDocument')).toHaveLength(1);
    expect((await sharp(Object.values(file?.files ?? {})[0]).metadata()).format).toBe('jpeg');
    expect(await database().query('SELECT 1 FROM bot_orders WHERE conversion_id = $1', [id])).toEqual([]);
  });

  it('in the look of a shop that a link brought along before anybody was known, with its credit', async () => {
    const album = await newGallery({ businessName: 'خانهٔ پارچه' });
    const imageId = await album.addImage({ title: 'ترمه' });
    const { phone, accountId: userId } = await signUpAndVerify(database());
    const chatId = newChat();
    await hear([messageFrom(chatId, { text: `/start scan_${imageId}` })]);
    await linkChatOf(database(), phone, chatId);
    expect(saidTo(server(), chatId).at(-1)).toContain(album.handle);
    await hear([messageFrom(chatId, await photoOf('b1'))]);
    expect(saidTo(server(), chatId).at(-1)).toBe(fa.files.terms.local);
    const photo = server().calls.findLast(({ method }) => method === 'sendMessage');
    expect(photo?.payload.reply_parameters).toBeDefined();
    await hear([pressFrom(chatId, 'a:', messageFrom(chatId, await photoOf('b1')).message)]);
    const [tryIt] = buttonsIn(server(), chatId);
    await hear([pressFrom(chatId, tryIt?.callback_data ?? '')]);
    await paint(await newestConversion(userId));
    const caption = String(sent('sendPhoto').at(-1)?.payload.caption);
    expect(caption).toContain('خانهٔ پارچه');
    expect(caption).toContain(`/g/${album.handle}`);
    const [chat] = await database().query('SELECT look_image_id FROM bot_chats WHERE chat_id = $1', [chatId]);
    expect(chat).toEqual({ look_image_id: null });
    // Whoever came by a printed code is counted once a day, as on the page that another code leads to; by a link nobody is.
    await hear(
      ['scan', 'scan', 'look'].map((by) => messageFrom(chatId, { text: `/start ${by}_${imageId}` })),
    );
    await flushVisits();
    await countVisits();
    const scans = await database().query('SELECT scans FROM gallery_days WHERE subject_id = $1', [imageId]);
    expect(scans).toEqual([{ scans: 1 }]);
  });
});

describe('what the site refuses, the bot refuses in its words', () => {
  it('with nothing left: no charge, the plans; and the charge of what failed comes back', async () => {
    const { userId, chatId } = await linked();
    // The same photo again is the photo that is kept.
    await hear([messageFrom(chatId, await photoOf('c1')), messageFrom(chatId, await photoOf('c1'))]);
    const [first, second, third] = buttonsIn(server(), chatId);
    await hear([first, second].map((one) => pressFrom(chatId, one?.callback_data ?? '')));
    await hear([pressFrom(chatId, third?.callback_data ?? '')]);
    expect(saidTo(server(), chatId).at(-1)).toBe(fa.errors.quota.exceeded);
    expect(buttonsIn(server(), chatId)).toEqual([
      { text: fa.bot.commands.plans.label, callback_data: 'm:plans' },
    ]);
    expect(await countOf(userId)).toEqual({ photos: 1, conversions: 2 });
    const id = await newestConversion(userId);
    const broken = {
      name: 'local',
      stylise: async () => ({ ok: false, code: 'conversion.engine', detail: 'x' }) as const,
    };
    await runConversion(id, { engine: broken, signal: new AbortController().signal, isLastTry: true });
    await sendResults(env().bots);
    expect(saidTo(server(), chatId).at(-1)).toBe(
      `${fa.conversions.failure.engine} ${fa.conversions.chargeReturned}`,
    );
    const again = buttonsIn(server(), chatId)[0]?.callback_data ?? '';
    await hear([pressFrom(chatId, again), pressFrom(chatId, again)]);
    expect((await countOf(userId))?.conversions).toBe(3);
  });

  it('another’s photo, another’s conversion and what is no button at all are not found', async () => {
    const { userId, chatId } = await linked();
    const other = await linked();
    await hear([messageFrom(other.chatId, await photoOf('d1'))]);
    const theirs = buttonsIn(server(), other.chatId)[0]?.callback_data ?? '';
    await hear([pressFrom(other.chatId, theirs)]);
    const id = await newestConversion(other.userId);
    server().calls.splice(0);
    const nobodys = packId('00000000-0000-4000-8000-000000000000');
    const pressed = [
      theirs,
      `s:${theirs.split(':')[1]}`,
      `h:${packId(id)}`,
      `r:${packId(id)}`,
      `c:${nobodys}:noir`,
    ];
    const nonsense = ['c:x:noir', 'l:a:b', 'q', '', 'm:nothing', `c:${nobodys}:nothing`];
    await hear([...pressed, ...nonsense].map((data) => pressFrom(chatId, data)));
    const said = saidTo(server(), chatId);
    expect(said).toHaveLength(pressed.length + nonsense.length);
    expect(new Set(said)).toEqual(new Set([fa.errors.notFound]));
    const reached = await database().query(
      "SELECT 1 FROM audit_logs WHERE user_id = $1 AND action = 'access.refuse'",
      [userId],
    );
    expect(reached.length, 'what somebody reached for is written down').toBeGreaterThan(0);
    expect(await countOf(userId)).toEqual({ photos: 0, conversions: 0 });
    expect(await countOf(other.userId)).toEqual({ photos: 1, conversions: 1 });
  });

  it('a photo as document, in every wrong shape, and too large before and after it is fetched', async () => {
    const { userId, chatId } = await linked();
    const png = await quarters(90, 60).png().toBuffer();
    server().keep('e1', png);
    const document = (more: object) => ({
      document: { file_id: 'e1', file_name: 'me.png', mime_type: 'image/png', ...more },
    });
    await hear([messageFrom(chatId, document({}))]);
    expect(await countOf(userId)).toEqual({ photos: 1, conversions: 0 });
    const tooLarge = '۱۰ مگابایت';
    await hear([messageFrom(chatId, document({ file_size: 11 * 1024 * 1024 }))]);
    expect(saidTo(server(), chatId).at(-1)).toContain(tooLarge);
    const fetched = sent('getFile').length;
    server().script('getFile', tooBig);
    await hear([messageFrom(chatId, document({}))]);
    expect(sent('getFile')).toHaveLength(fetched + 1);
    expect(saidTo(server(), chatId).at(-1)).toContain(tooLarge);
    server().keep('e2', Buffer.alloc(10 * 1024 * 1024 + 1));
    await hear([messageFrom(chatId, document({ file_id: 'e2' }))]);
    expect(saidTo(server(), chatId).at(-1)).toContain(tooLarge);
    server().keep('e3', Buffer.from('no picture at all'));
    await hear([
      messageFrom(chatId, document({ file_id: 'e3', file_name: 'a.pdf', mime_type: 'application/pdf' })),
    ]);
    expect(saidTo(server(), chatId).at(-1)).toBe(fa.errors.file.notPicture);
    await hear([messageFrom(chatId, document({ file_id: 'nowhere' }))]);
    expect(saidTo(server(), chatId).at(-1)).toBe(fa.errors.file.uploadIncomplete);
    expect(await countOf(userId)).toEqual({ photos: 1, conversions: 0 });
  });
});

describe('a messenger that does not do what it should', () => {
  it('says "too many": the result waits as long as it is told, and comes once', async () => {
    const { userId, chatId } = await linked();
    await hear([messageFrom(chatId, await photoOf('f1'))]);
    await hear([pressFrom(chatId, buttonsIn(server(), chatId)[0]?.callback_data ?? '')]);
    server().script('sendDocument', tooMany(2));
    const id = await newestConversion(userId);
    await paint(id);
    const [row] = await database().query<{ wait: number }>(
      'SELECT extract(epoch FROM next_at - clock_timestamp())::float8 AS wait FROM bot_orders WHERE conversion_id = $1',
      [id],
    );
    expect(row?.wait).toBeGreaterThan(1);
    await sendResults(env().bots);
    expect(sent('sendDocument')).toHaveLength(1);
    await sleep(2100);
    await sendResults(env().bots);
    expect(sent('sendDocument')).toHaveLength(2);
    expect(sent('sendPhoto'), 'the picture came before and does not come again').toHaveLength(2);
  });

  it('says that we are blocked: nothing more is sent until the person writes', async () => {
    const { userId, chatId } = await linked();
    await hear([messageFrom(chatId, await photoOf('g1'))]);
    await hear([pressFrom(chatId, buttonsIn(server(), chatId)[0]?.callback_data ?? '')]);
    server().script('sendPhoto', blocked);
    const id = await newestConversion(userId);
    await paint(id);
    await sendResults(env().bots);
    expect(sent('sendPhoto')).toHaveLength(2);
    const silent = () =>
      database().query('SELECT silent_at IS NOT NULL AS silent FROM bot_chats WHERE chat_id = $1', [chatId]);
    expect(await silent()).toEqual([{ silent: true }]);
    await hear([messageFrom(chatId, { text: '/help' })]);
    await database().query(
      "UPDATE bot_orders SET next_at = now() - interval '1 second' WHERE conversion_id = $1",
      [id],
    );
    await sendResults(env().bots);
    expect(await silent()).toEqual([{ silent: false }]);
    expect(sent('sendDocument')).toHaveLength(1);
  });

  it('is away or refuses an answer: what was written is dealt with later, and nothing twice', async () => {
    const { userId, chatId } = await linked();
    await hear([messageFrom(chatId, await photoOf('h1'))]);
    const data = buttonsIn(server(), chatId)[0]?.callback_data ?? '';
    server().script('sendMessage', 'hang up');
    await hear([pressFrom(chatId, data)]);
    expect(await countOf(userId)).toEqual({ photos: 1, conversions: 1 });
    await database().query(
      "UPDATE bot_updates SET next_at = now() - interval '1 second' WHERE next_at IS NOT NULL",
    );
    server().script('answerCallbackQuery', {
      status: 400,
      body: { ok: false, error_code: 400, description: 'Bad Request: query is too old' },
    });
    await hear([]);
    expect(await countOf(userId)).toEqual({ photos: 1, conversions: 1 });
    expect(saidTo(server(), chatId).at(-1)).toContain('باقی مانده');
    expect(await database().query('SELECT 1 FROM bot_updates WHERE next_at IS NOT NULL')).toEqual([]);
  });
});

describe('a worker that is busy', () => {
  it('lets nobody wait for the photo of another, and offers by name what it does not paint in time', async () => {
    const [slow, quick] = [await linked(), await linked()];
    let letGo = () => {};
    const open = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const paintSample = async (photo: Buffer, style: string) => {
      await open;
      return style === 'oil' ? photo : null;
    };
    const busy = hear([messageFrom(slow.chatId, await photoOf('j1'))], { paintSample });
    await vi.waitFor(() => expect(sent('getFile')).toHaveLength(1), { timeout: 10_000 });
    await takeUpdates('telegram', [messageFrom(quick.chatId, { text: '/quota' })]);
    await vi.waitFor(() => expect(saidTo(server(), quick.chatId)).toHaveLength(1), { timeout: 10_000 });
    expect(sent('sendPhoto')).toEqual([]);
    letGo();
    await busy;
    expect(sent('sendPhoto')).toHaveLength(1);
    expect(buttonsIn(server(), slow.chatId)).toHaveLength(1);
  });

  it('gives a call up that is never answered, and says it later', async () => {
    const { chatId } = await linked();
    server().script('sendMessage', 'hang');
    const began = performance.now();
    await hear([messageFrom(chatId, { text: '/quota' })]);
    expect(performance.now() - began).toBeLessThan(20_000);
    await database().query(
      "UPDATE bot_updates SET next_at = now() - interval '1 second' WHERE next_at IS NOT NULL",
    );
    await hear([]);
    // The first was heard by a server that did not answer; the second was answered.
    expect(saidTo(server(), chatId)).toHaveLength(2);
    expect(await database().query('SELECT 1 FROM bot_updates WHERE next_at IS NOT NULL')).toEqual([]);
  });
});

describe('what can be asked for', () => {
  it('quota, plans with an address of their own, history and help, by command and by word in both languages', async () => {
    const { chatId } = await linked();
    await hear([
      messageFrom(chatId, { text: '/quota' }),
      messageFrom(chatId, { text: fa.bot.commands.quota.label }),
    ]);
    await hear([messageFrom(chatId, { text: en.bot.commands.quota.label })]);
    expect(new Set(saidTo(server(), chatId)).size).toBe(1);
    await hear([messageFrom(chatId, { text: 'پلن‌ها' })]);
    expect(saidTo(server(), chatId).at(-1)).toContain('http://localhost:3000/billing/review/');
    await hear([messageFrom(chatId, { text: '/history' })]);
    expect(saidTo(server(), chatId).at(-1)).toBe(fa.bot.history.none);
    await hear([messageFrom(chatId, await photoOf('i1'))]);
    await hear([pressFrom(chatId, buttonsIn(server(), chatId)[0]?.callback_data ?? '')]);
    await hear([pressFrom(chatId, 'g:en'), messageFrom(chatId, { text: 'History' })]);
    expect(saidTo(server(), chatId).at(-1)).toContain(en.styles.noir.title);
    await hear([messageFrom(chatId, { text: 'anything' }), messageFrom(chatId, { sticker: {} })]);
    expect(saidTo(server(), chatId).at(-1)).toContain('/unlink');
  });
});
