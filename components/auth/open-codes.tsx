import { useLocale, useTranslations } from 'next-intl';
import type { OpenCode } from '#lib/auth/device-code/open-codes.ts';
import type { Action } from '#lib/core/action.ts';
import { formatTime } from '#lib/core/dates.ts';
import { CodeCards } from './code-cards.tsx';

type Props = { codes: readonly OpenCode[]; refuse: Action<unknown> };

/** The codes that somebody asked for to sign in to this account elsewhere. */
export function OpenCodes({ codes, refuse }: Props) {
  const t = useTranslations('notices.code');
  const devices = useTranslations('account.devices');
  const locale = useLocale();
  if (codes.length === 0) return null;
  const cards = codes.map(({ code, agent, createdAt, endsInSeconds }) => {
    const browser = devices(`browsers.${agent.browser}`);
    const device = devices('agent', { browser, system: devices(`systems.${agent.system}`) });
    return { code, text: t('text', { device, time: formatTime(locale, createdAt) }), endsInSeconds };
  });
  const words = { title: t('title'), refuse: t('refuse'), refused: t('refused') };
  return <CodeCards cards={cards} words={words} refuse={refuse} />;
}
