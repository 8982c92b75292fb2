'use client';

import { Share2 } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useRef } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { Dialog, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { localePath } from '#lib/core/i18n/routing.ts';
import { createResultLink, revokeResultLink } from '#lib/sharing/result-link/actions.ts';
import type { ResultLinkView } from '#lib/sharing/result-link/view.ts';
import { daysOf, LifeField, LinkPasswordField, useCopyNew } from './link-fields.tsx';
import { LinkRow } from './link-row.tsx';
import { MessengerLinks } from './messenger-links.tsx';
import { PicturePanel } from './picture/picture-panel.tsx';
import type { SharedPictures } from './picture/use-share-file.ts';

type Props = {
  conversionId: string;
  links: readonly ResultLinkView[];
  pictures: SharedPictures;
  /** Whose look it is, in a few words; null for a style of our own. */
  credit: string | null;
};

/**
 * Two ways out for a result: the picture itself by the system's sheet, or a link to its page. Needs the namespaces
 * `sharing` and `auth`.
 */
export function ShareButton({ conversionId, links, pictures, credit }: Props) {
  const t = useTranslations('sharing');
  const open = links.find(({ state, hasPassword, path }) => state === 'alive' && !hasPassword && path);
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button variant="secondary">
          <Share2 aria-hidden="true" />
          {t('open')}
        </Button>
      </DialogTrigger>
      <DialogContent title={t('title')}>
        <Tabs
          label={t('title')}
          tabs={[
            {
              value: 'picture',
              label: t('tabs.picture'),
              content: (
                <PicturePanel
                  pictures={pictures}
                  credit={credit}
                  conversionId={conversionId}
                  openPath={open?.path ?? null}
                />
              ),
            },
            {
              value: 'link',
              label: t('tabs.link'),
              content: <LinkPanel conversionId={conversionId} links={links} />,
            },
          ]}
        />
      </DialogContent>
    </Dialog>
  );
}

/** The links of a result: makes one, sends, copies, and ends them. */
function LinkPanel({ conversionId, links }: Pick<Props, 'conversionId' | 'links'>) {
  const t = useTranslations('sharing');
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <p className="text-sm text-muted">{t('text')}</p>
      <NewLink conversionId={conversionId} />
      <section aria-label={t('list')} className="min-w-0 border-t border-line pt-2">
        {links.length === 0 ? (
          <p className="py-3 text-sm text-muted">{t('none')}</p>
        ) : (
          <ul className="grid grid-cols-[minmax(0,1fr)]">
            {links.map((link) => (
              <ResultLinkRow key={link.id} link={link} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

/** One link of a result. */
function ResultLinkRow({ link }: { link: ResultLinkView }) {
  const t = useTranslations('sharing');
  const locale = useLocale();
  const isSent = link.state === 'alive' && link.path !== null;
  return (
    <LinkRow
      link={link}
      facts={<span>{t('views', { count: link.viewCount })}</span>}
      revokeText={t('revoke.text')}
      revoke={revokeResultLink}
    >
      {/* In a dialog, which only the browser opens. */}
      {isSent ? (
        <MessengerLinks
          url={window.location.origin + localePath(locale, link.path ?? '')}
          text={t('messengers.text')}
        />
      ) : null}
    </LinkRow>
  );
}

/** How long, with or without a password, and the button; the new link is copied at once where that is allowed. */
function NewLink({ conversionId }: { conversionId: string }) {
  const t = useTranslations('sharing');
  const form = useRef<HTMLFormElement>(null);
  const copyNew = useCopyNew();
  const { isBusy, failure, errorOf, run } = useOutcome();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const sent = new FormData(event.currentTarget);
    const input = { conversionId, days: daysOf(sent), password: sent.get('password') };
    run(
      () => callAction(createResultLink, input),
      async ({ path }) => t((await copyNew(path)) ? 'createdCopied' : 'created'),
      () => form.current?.reset(),
    );
  };

  return (
    <form ref={form} onSubmit={submit} noValidate className="grid min-w-0 gap-4 sm:grid-cols-2">
      <LifeField />
      <LinkPasswordField error={errorOf('password')} />
      <div className="grid gap-3 sm:col-span-2">
        {failure?.fields ? null : <FormFailure failure={failure} />}
        <Button type="submit" busy={isBusy} className="justify-self-start">
          {t('create')}
        </Button>
      </div>
    </form>
  );
}
