import { expect, it } from 'vitest';
import { styles } from '#lib/styles/catalogue.ts';
import fa from '#messages/fa.json' with { type: 'json' };
import { buttonsIn, hear, linkedChat, newChat, saidTo, useBotServer } from '#tests/support/bots.ts';
import { useIdentity } from '#tests/support/identity.ts';
import { quarters } from '#tests/support/pictures.ts';
import { messageFrom, pressFrom } from '#tests/support/servers/bot-api.ts';

// A tenth of every budget: six messages a minute, two sheets an hour.
const database = useIdentity(0.1);
const server = await useBotServer();

it('a chat that writes without end is answered no more, and nobody else hears of it', async () => {
  const [loud, quiet] = [newChat(), newChat()];
  await hear(Array.from({ length: 20 }, () => messageFrom(loud, { text: 'x' })));
  expect(saidTo(server(), loud)).toHaveLength(6);
  await hear([messageFrom(quiet, { text: 'x' })]);
  expect(saidTo(server(), quiet)).toEqual([fa.bot.link.ask]);
});

it('samples are painted so often for an account; then styles are chosen by their names', async () => {
  const { chatId } = await linkedChat(database());
  server().keep('a', await quarters(80, 60).jpeg().toBuffer());
  let painted = 0;
  const paintSample = async (photo: Buffer, style: string) => {
    painted += 1;
    return style === 'oil' ? photo : null;
  };
  await hear([messageFrom(chatId, { photo: [{ file_id: 'a', width: 80, height: 60 }] })], { paintSample });
  const other = `s:${buttonsIn(server(), chatId)[0]?.callback_data.split(':')[1]}`;
  await hear([pressFrom(chatId, other)], { paintSample });
  const ofTwo = painted;
  await hear([pressFrom(chatId, other)], { paintSample });
  expect(painted).toBe(ofTwo);
  expect(saidTo(server(), chatId).at(-1)).toBe(fa.bot.sheet.names);
  expect(buttonsIn(server(), chatId)).toHaveLength(styles.length);
});
