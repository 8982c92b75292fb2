'use client';

import { clsx } from 'clsx';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { PhotoTermsLine } from '#components/files/photo-terms-line.tsx';
import { Picture } from '#components/files/picture.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { conversionLimits } from '#lib/conversions/policy.ts';
import { warmEngine } from './device/warm-engine.ts';
import { StudioIntake } from './intake/studio-intake.tsx';
import { LookPicker } from './look-picker.tsx';
import { StudioBar } from './make/studio-bar.tsx';
import { SamplesNote } from './make/studio-notes.tsx';
import { loadJoinSheet } from './make/use-join.ts';
import { doubtOf, PartsButton } from './parts/parts-note.tsx';
import { PartsStage } from './parts/parts-stage.tsx';
import { ShadeRow } from './parts/shade-row.tsx';
import { PhotoRow } from './stage/photo-row.tsx';
import { PickedRow } from './stage/picked-row.tsx';
import { StrengthSlider } from './stage/strength-slider.tsx';
import { StudioStage } from './stage/studio-stage.tsx';
import { type StudioProps, useStudio } from './use-studio.ts';

const JoinSheet = dynamic(loadJoinSheet);

/** One calm page for everybody: the photo on this device, every look on it, one button. */
export function Studio(props: StudioProps) {
  const { kits, startsWithKits, account, quota, price, earlier, terms } = props;
  const t = useTranslations('studio');
  const studio = useStudio(props);
  const { draft, looks, stage, parts, card, adding, joining, maker, isEmpty, unsent } = studio;
  const { seen, shot, isBlind } = stage;
  const isReady = seen?.phase === 'open' && seen.waiting === 0;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void maker.begin();
  };
  // A photo that lies here already may have to go somewhere else than it was sent for.
  const agreement =
    unsent > 0 || isEmpty || terms.engines.length > 0 ? <PhotoTermsLine terms={terms} /> : null;
  return (
    <>
      <form
        ref={studio.form}
        onSubmit={submit}
        className="flex min-w-0 grow flex-col gap-2 lg:grid lg:min-h-0 lg:grid-cols-[minmax(0,1fr)_minmax(0,29rem)] lg:gap-10"
      >
        {/* On a phone the stage takes what height the page has left, so that the looks stand above the bar. */}
        <div
          className={clsx(
            'flex min-w-0 flex-col gap-2 lg:min-h-0 lg:gap-3 lg:overflow-y-auto',
            !adding.isAdding && 'max-lg:grow',
          )}
        >
          {adding.isAdding ? (
            <>
              {isEmpty ? null : (
                <div className="flex items-center justify-between gap-4">
                  <h2 className="font-semibold">{t('addTitle')}</h2>
                  <Button variant="quiet" size="sm" onClick={() => adding.set(false)}>
                    {t('addDone')}
                  </Button>
                </div>
              )}
              <StudioIntake
                onFiles={studio.files.take}
                onLook={isBlind ? undefined : warmEngine}
                isOver={studio.files.isOver}
                earlier={earlier}
                onUse={studio.use}
              />
            </>
          ) : (
            <>
              {parts.isOpen && parts.order && stage.original ? (
                <PartsStage
                  original={stage.original}
                  kind={parts.order.kind}
                  seen={parts.seen}
                  isLooking={parts.isLooking}
                  taps={parts.taps}
                  onTaps={parts.set}
                  onDone={() => parts.open(false)}
                  className="h-[clamp(22rem,100dvh-14rem,80dvh)] lg:h-full"
                />
              ) : (
                <StudioStage
                  correct={
                    parts.order && !stage.isBlind ? (
                      <PartsButton
                        order={parts.order}
                        seen={parts.seen}
                        obstacle={stage.obstacle}
                        onOpen={() => parts.open(true)}
                      />
                    ) : null
                  }
                  strength={
                    studio.strength ? (
                      <StrengthSlider now={studio.strength.now} onChange={studio.strength.set} />
                    ) : null
                  }
                  original={stage.original}
                  preview={shot ? { url: shot.url, isSmall: !stage.isLarge } : null}
                  sample={
                    stage.isSample && looks.staged ? (
                      <Picture
                        image={looks.staged.picture}
                        alt=""
                        sizes="96px"
                        className="absolute end-3 top-3 size-24 rounded-control border-2 border-background object-cover"
                      />
                    ) : null
                  }
                  title={looks.staged?.title ?? null}
                  isPainting={!stage.isSample && !stage.isLarge}
                  onNext={() => looks.step(1)}
                  onPrevious={() => looks.step(-1)}
                  className={clsx(
                    'grow lg:min-h-0',
                    looks.picked.length > 0
                      ? 'min-h-[max(10rem,100dvh-38.25rem)]'
                      : 'min-h-[max(10rem,100dvh-35.5rem)]',
                  )}
                />
              )}
              <PhotoRow
                photos={draft.photos}
                shown={draft.shown}
                shotsOf={stage.shotsOf}
                read={isBlind ? studio.files.read : null}
                onShow={studio.show}
                onRemove={studio.leaveOut}
                onAdd={() => adding.set(true)}
                canAdd={draft.photos.length < conversionLimits.batch}
                onForget={studio.forget}
                isPicked={looks.staged ? looks.isPicked : null}
                onPick={studio.pick}
                picks={
                  looks.picked.length > 0 ? (
                    <PickedRow
                      looks={looks.picked}
                      staged={looks.staged?.name ?? null}
                      onChoose={looks.choose}
                      onRemove={looks.leaveOut}
                    />
                  ) : null
                }
              />
            </>
          )}
          {studio.files.isTaking ? (
            <p role="status" className="flex items-center gap-2 text-sm text-muted">
              <Spinner />
              {t('opening')}
            </p>
          ) : null}
          <FileNotes refused={studio.files.refused} leftOut={studio.files.leftOut} />
        </div>
        {/* On a phone its parts stand in the form itself: the bar sticks within what it stands in, however high the rest is. */}
        <div className="min-w-0 max-lg:contents lg:flex lg:min-h-0 lg:flex-col lg:gap-4">
          {isEmpty || !card.order ? null : (
            <ShadeRow order={card.order} shades={card.shades} chosen={card.chosen} onChoose={card.choose} />
          )}
          <LookPicker
            options={looks.options}
            kits={kits}
            startsWithKits={startsWithKits}
            hasGallery={props.references.length > 0}
            chosen={(isEmpty ? looks.chosen : looks.staged)?.name ?? null}
            picked={draft.picked}
            shown={isEmpty ? looks.chosen : looks.staged}
            onChoose={looks.choose}
            thumbs={seen?.thumbs ?? {}}
            original={seen?.original?.url ?? null}
            isWorking={!isEmpty && !isBlind && !isReady}
          />
          <p role="status" className="sr-only">
            {isEmpty || isBlind ? null : t(isReady ? 'previews.done' : 'previews.working')}
          </p>
          {!isEmpty && isBlind ? (
            <SamplesNote why={stage.why} makers={stage.makers} ignored={stage.ignored} />
          ) : null}
          {account === null ? null : agreement}
          <StudioBar
            maker={maker}
            quota={quota}
            count={studio.count}
            unsent={unsent}
            wait={studio.wait}
            price={price}
            obstacle={stage.obstacle ?? null}
            doubt={isEmpty ? null : doubtOf(parts.order, parts.seen)}
            advice={studio.advice}
          />
        </div>
      </form>
      {joining.isJoining ? (
        <JoinSheet isOpen onClose={joining.close} onJoined={joining.onJoined} terms={agreement} />
      ) : null}
    </>
  );
}

/** Files that were not taken, each with its reason. */
function FileNotes({
  refused,
  leftOut,
}: {
  refused: ReturnType<typeof useStudio>['files']['refused'];
  leftOut: number;
}) {
  const t = useTranslations('studio');
  const errors = useTranslations('errors');
  return (
    <>
      {refused.map(({ name, code }) => (
        <Alert key={`${name} ${code}`} tone="danger" live title={<OwnWords>{name}</OwnWords>}>
          {errors(code)}
        </Alert>
      ))}
      {leftOut > 0 ? (
        <Alert tone="warning" live>
          {t('tooMany', { most: conversionLimits.batch, left: leftOut })}
        </Alert>
      ) : null}
    </>
  );
}
