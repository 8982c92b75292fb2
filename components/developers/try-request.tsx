'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { Snippet } from './snippet.tsx';

const patienceMs = 15_000;

/** The answer as a terminal shows it. */
async function ask(token: string): Promise<string | null> {
  const answer = await fetch('/api/v1/account', {
    headers: { authorization: `Bearer ${token}` },
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.timeout(patienceMs),
  });
  const body: unknown = await answer.json();
  return `HTTP ${answer.status}\n${JSON.stringify(body, null, 2)}`;
}

/** The first request, from this page: the token goes to the API and nowhere else, and is kept nowhere. */
export function TryRequest() {
  const t = useTranslations('developers.try');
  const [answer, setAnswer] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    // A header has visible Latin letters only; anything else is no token of ours.
    const token = String(new FormData(event.currentTarget).get('token')).replace(/[^\x21-\x7e]/g, '');
    setIsBusy(true);
    setAnswer((await ask(token || '-').catch(() => null)) ?? t('lost'));
    setIsBusy(false);
  }
  return (
    <form onSubmit={send} className="grid gap-4">
      <TextField
        name="token"
        label={t('token')}
        hint={t('tokenHint')}
        type="password"
        autoComplete="off"
        dir="ltr"
        spellCheck={false}
        maxLength={200}
      />
      <Button type="submit" variant="secondary" className="justify-self-start" disabled={isBusy}>
        {t('send')}
      </Button>
      <div role="status">{answer ? <Snippet label={t('answer')} text={answer} /> : null}</div>
    </form>
  );
}
