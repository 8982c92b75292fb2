'use client';

import { QrCode, Send } from 'lucide-react';
import { createContext, type ReactNode, use } from 'react';
import { buttonLook } from '#components/ui/button.tsx';
import { botUrl, type NamedBot } from '#lib/bot/bot-url.ts';

/** A bot that pages lead to, what the way there is called, and what a printed code for it is. */
type ShownBot = NamedBot & { readonly label: string; readonly code: string };

const Bots = createContext<readonly ShownBot[]>([]);

/** The bots of this installation, for every page below. */
export function BotNames({ bots, children }: { bots: readonly ShownBot[]; children: ReactNode }) {
  return <Bots value={bots}>{children}</Bots>;
}

/** The ways to try a look in a messenger: the chat opens with it, and the next photo is for it. Nothing where there is no bot. */
export function BotLinks({ lookId }: { lookId: string }) {
  return use(Bots).map(({ label, code: _printed, ...bot }) => (
    <a
      key={bot.platform}
      href={botUrl(bot, lookId)}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className={buttonLook({ variant: 'secondary' })}
    >
      <Send aria-hidden="true" />
      {label}
    </a>
  ));
}

/** The sheets whose code opens a look in a messenger, to print. Nothing where there is no bot. */
export function BotCodes({ hrefOf }: { hrefOf: (platform: NamedBot['platform']) => string }) {
  return use(Bots).map(({ platform, code }) => (
    <a
      key={platform}
      href={hrefOf(platform)}
      download
      className={buttonLook({ variant: 'secondary', size: 'sm' })}
    >
      <QrCode aria-hidden="true" />
      {code}
    </a>
  ));
}
