'use client';

import { CircleAlert, CircleCheck, Pause, Play, RotateCw, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode, SyntheticEvent } from 'react';
import { Button } from '#components/ui/button.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { Progress } from '#components/ui/progress.tsx';
import type { Sending } from './send-file.ts';
import { useFilePreview } from './use-file-preview.ts';
import type { UploadItem } from './use-uploads.ts';

type Props = { item: UploadItem; onPause: () => void; onResume: () => void; onRemove: () => void };

/** One picture of a list that is being sent: what it is, how far it is, and what can be done about it. */
export function UploadRow({ item, onPause, onResume, onRemove }: Props) {
  const t = useTranslations('files');
  const { file, sending } = item;
  const preview = useFilePreview(file);
  const { phase } = sending;
  const named = (action: string) => t('many.of', { action, name: file.name });
  const share = phase === 'sending' || phase === 'paused' ? sending.share : undefined;
  const ended = phase === 'done' || phase === 'failed';
  return (
    <li className="flex items-center gap-3 rounded-control border border-line bg-surface p-2">
      <div className="size-14 shrink-0 overflow-hidden rounded-sm bg-sunken">
        {preview ? (
          // biome-ignore lint/performance/noImgElement: the file in memory; there is nothing to optimise
          <img src={preview} alt="" className="size-14 object-cover" onError={hide} />
        ) : null}
      </div>
      <div className="grid min-w-0 grow grid-cols-1 gap-1.5">
        <div className="flex items-baseline justify-between gap-3 text-sm">
          <OwnWords className="min-w-0 truncate">{file.name}</OwnWords>
          <RowState sending={sending} />
        </div>
        {phase === 'failed' ? (
          <FailedText code={sending.code} />
        ) : ended || phase === 'waiting' ? null : (
          <Progress value={share} label={named(t('many.list'))} />
        )}
      </div>
      <div className="flex shrink-0">
        {phase === 'sending' ? (
          <IconButton label={named(t('pause'))} onClick={onPause}>
            <Pause aria-hidden="true" />
          </IconButton>
        ) : null}
        {phase === 'paused' ? (
          <IconButton label={named(t('resume'))} onClick={onResume}>
            <Play aria-hidden="true" className="rtl:-scale-x-100" />
          </IconButton>
        ) : null}
        {phase === 'failed' && sending.canRetry ? (
          <IconButton label={named(t('retry'))} onClick={onResume}>
            <RotateCw aria-hidden="true" />
          </IconButton>
        ) : null}
        <IconButton label={named(t(ended ? 'remove' : 'cancel'))} onClick={onRemove}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
    </li>
  );
}

/** What only claims to be a picture has no preview. */
const hide = (event: SyntheticEvent<HTMLImageElement>) => {
  event.currentTarget.hidden = true;
};

function IconButton(props: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Button variant="quiet" size="icon" aria-label={props.label} title={props.label} onClick={props.onClick}>
      {props.children}
    </Button>
  );
}

/** The state in a word, with its sign. */
function RowState({ sending }: Pick<UploadItem, 'sending'>) {
  const t = useTranslations('files');
  const look = 'flex shrink-0 items-center gap-1 text-xs [&_svg]:size-4';
  switch (sending.phase) {
    case 'done':
      return (
        <span className={`${look} text-success`}>
          <CircleCheck aria-hidden="true" />
          {t('many.itemDone')}
        </span>
      );
    case 'failed':
      return (
        <span className={`${look} text-danger`}>
          <CircleAlert aria-hidden="true" />
          {t('many.itemFailed')}
        </span>
      );
    case 'waiting':
      return <span className={`${look} text-muted`}>{t('waiting')}</span>;
    case 'paused':
      return <span className={`${look} text-muted`}>{t('paused')}</span>;
    case 'preparing':
    case 'accepting':
      return <span className={`${look} text-muted`}>{t('processing')}</span>;
    default:
      return null;
  }
}

function FailedText({ code }: { code: Extract<Sending, { phase: 'failed' }>['code'] }) {
  const t = useTranslations();
  return (
    <p className="text-xs text-muted">
      {code === 'connectionLost' ? t('files.connectionLost') : t(`errors.${code}`)}
    </p>
  );
}
