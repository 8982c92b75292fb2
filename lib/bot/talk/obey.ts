import { listConversions } from '#lib/conversions/history/list-conversions.ts';
import type { ConversionView } from '#lib/conversions/view.ts';
import { formatDay } from '#lib/core/dates.ts';
import { formatToman } from '#lib/core/money.ts';
import { succeed } from '#lib/core/result.ts';
import { publicUrl } from '#lib/gallery/public/address.ts';
import { listPlans } from '#lib/payments/plan/store.ts';
import { toPlanView } from '#lib/payments/plan/view.ts';
import { findQuota } from '#lib/quota/store.ts';
import { toQuotaView } from '#lib/quota/view.ts';
import { botLimits } from '../policy.ts';
import { apiOf } from '../wire/bot-api.ts';
import { type CommandName, menuKeyboard } from './commands.ts';
import { asUser, packId, say, sayFailure, type Talk, type UserTalk } from './talk.ts';

async function tellQuota(talk: UserTalk): Promise<void> {
  const { t, chat } = talk;
  const read = await asUser(talk, 'account.read', async ({ userId }) =>
    succeed(toQuotaView(await findQuota(null, userId))),
  );
  if (!read.ok) return sayFailure(talk, read);
  const { freeRemaining: free, totalRemaining: left, imagesRemaining: photos, periodEnd } = read.value;
  const lines = [t('bot.quota.left', { left, free }), t('bot.quota.photos', { photos })];
  if (periodEnd) lines.push(t('bot.quota.until', { day: formatDay(chat.language, new Date(periodEnd)) }));
  await say(talk, lines.join('\n'), { rows: [[{ text: t('bot.commands.plans.label'), data: 'm:plans' }]] });
}

/** What is sold, each with the address of its review on the site: there one signs in, sees the price of now and pays. */
async function tellPlans(talk: UserTalk): Promise<void> {
  const { t, chat } = talk;
  const { language } = chat;
  const read = await asUser(talk, 'account.read', async () =>
    succeed((await listPlans()).filter(({ isActive }) => isActive)),
  );
  if (!read.ok) return sayFailure(talk, read);
  const sold = read.value.map(toPlanView).filter((plan) => plan.audience === 'user' && plan.priceRials > 0n);
  const lines = sold.map((plan) => {
    const name = plan.texts[language]?.name ?? plan.name;
    const price = formatToman(plan.priceRials, language);
    const said = t(plan.isPack ? 'bot.plans.pack' : 'bot.plans.month', {
      name,
      price,
      count: plan.conversions,
    });
    return `${said}\n${publicUrl(language, `/billing/review/${plan.name}`)}`;
  });
  await say(talk, [lines.length > 0 ? t('bot.plans.title') : t('bot.plans.none'), ...lines].join('\n\n'));
}

/** What something was made in, in words. */
export function madeIn({ t }: Talk, { style, credit }: Pick<ConversionView, 'style' | 'credit'>): string {
  if (style !== 'reference') return t(`styles.${style}.title`);
  const { picture, shop } = credit ?? {};
  if (!shop) return t('credit.plain.gone');
  return picture?.title
    ? t('credit.plain.of', { title: picture.title, name: shop.name })
    : t('credit.plain.untitled', { name: shop.name });
}

async function tellHistory(talk: UserTalk): Promise<void> {
  const { t, chat } = talk;
  const read = await asUser(talk, 'account.read', async (actor) => succeed(await listConversions(actor)));
  if (!read.ok) return sayFailure(talk, read);
  const items = read.value.items.slice(0, botLimits.history);
  if (items.length === 0) return say(talk, t('bot.history.none'));
  const lines = items.map((one, at) =>
    t('bot.history.line', {
      number: at + 1,
      made: one.title ?? madeIn(talk, one),
      status: one.status,
      day: formatDay(chat.language, new Date(one.createdAt)),
    }),
  );
  const buttons = items.flatMap((one, at) =>
    one.result ? [{ text: t('bot.history.show', { number: at + 1 }), data: `h:${packId(one.id)}` }] : [],
  );
  const rows = [buttons.slice(0, 3), buttons.slice(3)].filter((row) => row.length > 0);
  await say(talk, [...lines, publicUrl(chat.language, '/conversions')].join('\n'), { rows });
}

/** Which language the chat goes on in. */
export async function askLanguage(talk: Talk): Promise<void> {
  await say(talk, talk.t('bot.language.ask'), {
    rows: [['fa', 'en'].map((one) => ({ text: talk.t(`bot.language.${one}`), data: `g:${one}` }))],
  });
}

/** Does what a word asks for. Somebody who says anything else is told what there is. */
export async function obey(talk: UserTalk, command: CommandName): Promise<void> {
  const { t, bot, chat } = talk;
  switch (command) {
    case 'quota':
      return tellQuota(talk);
    case 'plans':
      return tellPlans(talk);
    case 'history':
      return tellHistory(talk);
    case 'language':
      return askLanguage(talk);
    case 'unlink': {
      const answers = ['yes', 'no'].map((one) => ({ text: t(`bot.unlink.${one}`), data: `u:${one}` }));
      return say(talk, t('bot.unlink.ask'), { rows: [answers] });
    }
    case 'help': {
      const keyboard = { reply_markup: menuKeyboard(t) };
      await apiOf(bot).sendMessage(
        chat.chatId,
        t('bot.help', { site: publicUrl(chat.language, '/') }),
        keyboard,
      );
    }
  }
}
