import { Keyboard } from 'grammy/web';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { routing } from '#lib/core/i18n/routing.ts';
import { type Words, wordsOf } from '../words.ts';

/** What a chat can be asked for by a word; each has a label and a line in `messages/` under `bot.commands`. */
export const commandNames = ['quota', 'plans', 'history', 'language', 'unlink', 'help'] as const;
export type CommandName = (typeof commandNames)[number];

/** The labels of a language. */
const labelOf = (t: Words, name: CommandName) => t(`bot.commands.${name}.label`);

const plain = (text: string) => text.replaceAll('\u200c', ' ').replace(/\s+/g, ' ').trim().toLowerCase();

let known: ReadonlyMap<string, CommandName> | undefined;

/** By `/quota`, by its label in either language, and by the word alone. */
function wordsToCommands(): ReadonlyMap<string, CommandName> {
  known ??= new Map(
    commandNames.flatMap((name) => [
      [name, name] as const,
      ...routing.locales.map((locale) => [plain(labelOf(wordsOf(locale), name)), name] as const),
    ]),
  );
  return known;
}

/** What a text asks for. `start` carries what a link said. */
export function commandIn(
  text: string,
): { readonly name: CommandName } | { readonly name: 'start'; readonly with: string } | null {
  const start = /^\/start(?:@\w+)?(?:\s+([\w-]{1,64}))?\s*$/.exec(text);
  if (start) return { name: 'start', with: start[1] ?? '' };
  const word = /^\/(\w+)(?:@\w+)?\s*$/.exec(text)?.[1] ?? text;
  const name = word.length <= 60 ? wordsToCommands().get(plain(word)) : undefined;
  return name ? { name } : null;
}

/** Buttons in place of the keyboard's letters: what can be asked for. */
export function menuKeyboard(t: Words): Keyboard {
  const rows: CommandName[][] = [
    ['quota', 'plans', 'history'],
    ['language', 'help'],
  ];
  return Keyboard.from(rows.map((row) => row.map((name) => Keyboard.text(labelOf(t, name)))))
    .resized()
    .persistent();
}

/** One button that shares one's own number. */
export function contactKeyboard(t: Words): Keyboard {
  return new Keyboard().requestContact(t('bot.link.share')).resized().oneTime();
}

/** What the messenger shows behind its button for commands. */
export function commandList(locale: Locale): { command: string; description: string }[] {
  const t = wordsOf(locale);
  return commandNames.map((command) => ({ command, description: t(`bot.commands.${command}.text`) }));
}
