'use client';

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { type FormEvent, useMemo, useState } from 'react';
import { useWait } from '#components/conversions/use-wait.ts';
import type { ShownTerms } from '#components/files/photo-terms-line.tsx';
import { toShown } from '#components/files/picture.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Segmented } from '#components/ui/form/segmented.tsx';
import { adviceFor } from '#lib/conversions/photo-check/view.ts';
import { conversionLimits } from '#lib/conversions/policy.ts';
import type { WaitView } from '#lib/conversions/queue/read-wait.ts';
import type { PhotoPage } from '#lib/files/photo/list-photos.ts';
import type { StyleName } from '#lib/styles/catalogue.ts';
import { type KitOption, KitPicker } from './kit-picker.tsx';
import type { StudioQuota } from './studio-bar.tsx';
import { StudioBar } from './studio-bar.tsx';
import { StudioIntake, UploadRows } from './studio-intake.tsx';
import { PhotoAdvice, QuotaUsedUp, StudioProblem } from './studio-notes.tsx';
import { StudioStage } from './studio-stage.tsx';
import { type StyleOption, StylePicker } from './style-picker.tsx';
import { type Draft, type Look, useDraft } from './use-draft.ts';
import { useIntake } from './use-intake.ts';
import { usePhotoChecks } from './use-photo-checks.ts';
import { usePreviews } from './use-previews.ts';
import { useStart } from './use-start.ts';

type Props = {
  styles: readonly StyleOption[];
  /** The gallery's picture that was brought along, offered before the styles. */
  reference: StyleOption | null;
  /** Sets of looks that galleries offer; null when they could not be read. */
  kits: readonly KitOption[] | null;
  /** Whether the sets are what is shown first. */
  startsWithKits: boolean;
  quota: StudioQuota;
  wait: WaitView;
  /** Photos of earlier days, newest first. */
  earlier: PhotoPage;
  terms: ShownTerms;
  initial: Draft;
};

/** How a gallery's picture stands among the styles' names; no style is called so. */
const referencePrefix = 'reference:';

/** What a choice's name asks for. */
function lookOf(name: string): Look {
  return name.startsWith(referencePrefix)
    ? { reference: name.slice(referencePrefix.length) }
    : { style: name };
}

/** One calm page: the photos, the styles, one button. */
export function Studio(props: Props) {
  const { styles, reference, kits, startsWithKits, quota, wait, earlier, terms, initial } = props;
  const t = useTranslations('studio');
  const files = useTranslations('files');
  const draft = useDraft(initial);
  const { photos, look, shown } = draft;
  const [isAdding, setAdding] = useState(false);
  const [showsKits, setShowsKits] = useState(startsWithKits);
  const expected = useWait(wait, Math.max(1, photos.length));
  const ids = useMemo(() => photos.map(({ id }) => id), [photos]);
  const checks = usePhotoChecks(ids);
  const { begin, isBusy, problem, forget } = useStart({
    draft: { photos, look },
    left: quota.left,
    checks,
    onShow: draft.show,
  });
  const intake = useIntake({
    agreedTo: terms.code,
    held: photos.length,
    onPhoto: draft.add,
    onFiles: forget,
  });

  const photo = photos[shown] ?? null;
  const previews = usePreviews(photo?.id ?? null);
  const options = reference ? [reference, ...styles] : styles;
  const chosenName = look ? ('style' in look ? look.style : `${referencePrefix}${look.reference}`) : null;
  const offered = kits ? [...options, ...kits.flatMap((kit) => kit.options)] : options;
  const chosen = offered.find(({ name }) => name === chosenName);
  const choose = (name: string) => {
    draft.choose(lookOf(name));
    forget();
  };
  const check = photo ? checks[photo.id] : undefined;
  const advice = !check
    ? []
    : look && 'style' in look
      ? adviceFor(check, look.style as StyleName)
      : check.advice;

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    begin();
  };

  const isEmpty = photos.length === 0;
  const isUsedUp = quota.left === 0;
  const zone = (
    <StudioIntake
      uploads={intake.controls}
      onFiles={intake.take}
      isOver={intake.isOver}
      isMore={isAdding}
      earlier={earlier}
      terms={terms}
      onUse={(one) => {
        draft.add(one);
        forget();
        setAdding(false);
      }}
    />
  );
  return (
    <form
      onSubmit={submit}
      className={clsx(
        'flex min-w-0 grow flex-col gap-4 lg:grid lg:min-h-0 lg:grid-cols-[minmax(0,1fr)_minmax(0,29rem)] lg:gap-10',
        isUsedUp && 'lg:grid-rows-[auto_minmax(0,1fr)] lg:gap-y-6',
      )}
    >
      {isUsedUp ? <QuotaUsedUp isPaid={quota.isPaid} /> : null}
      <div className="flex min-w-0 flex-col gap-4 lg:min-h-0 lg:overflow-y-auto">
        <p role="status" className="sr-only">
          {intake.arriving > 0
            ? t('sendingOne', { name: intake.controls.items.at(-1)?.file.name ?? '' })
            : photos.length > 0
              ? t('photoNumber', { number: shown + 1, of: photos.length })
              : null}
        </p>
        {isEmpty ? (
          zone
        ) : isAdding ? (
          <section aria-label={t('addTitle')} className="grid min-w-0 content-start gap-4">
            <div className="flex items-center justify-between gap-4">
              <h2 className="font-semibold">{t('addTitle')}</h2>
              <Button variant="quiet" size="sm" onClick={() => setAdding(false)}>
                {t('addDone')}
              </Button>
            </div>
            {zone}
          </section>
        ) : (
          <>
            <StudioStage
              photos={photos}
              shown={shown}
              onShow={draft.show}
              onRemove={(at) => {
                draft.remove(at);
                forget();
              }}
              onAdd={() => setAdding(true)}
              arriving={intake.arriving}
              canAdd={intake.canAdd}
            />
            {intake.hasFailed ? <UploadRows uploads={intake.controls} /> : null}
          </>
        )}
        {intake.leftOut > 0 ? (
          <Alert tone="warning" live>
            {t('tooMany', { most: conversionLimits.batch, left: intake.leftOut })}
          </Alert>
        ) : null}
      </div>
      <div className="flex min-w-0 grow flex-col gap-3 lg:min-h-0 lg:gap-4">
        <div className="flex items-center justify-between gap-3 lg:contents">
          <p id="style-hint" className="line-clamp-1 min-h-7 min-w-0 text-sm lg:line-clamp-2">
            {chosen ? (
              <>
                <span className="font-semibold">{chosen.title}</span>
                <span className="text-muted"> · {chosen.description}</span>
              </>
            ) : (
              <span className="text-muted">{t('chooseStyle')}</span>
            )}
          </p>
          <Button
            variant="quiet"
            size="sm"
            className="-my-1.5 shrink-0 lg:hidden"
            onClick={() => setShowsKits(!showsKits)}
          >
            {showsKits ? t('kits.presets') : t('kits.title')}
          </Button>
        </div>
        {/* On a phone the button above does the same: there is no height to give away. */}
        <div className="max-lg:hidden">
          <Segmented
            name="looks"
            legend={t('kits.choice')}
            value={showsKits ? 'kits' : 'styles'}
            onChange={(value) => setShowsKits(value === 'kits')}
            options={[
              { value: 'styles', label: t('kits.presets') },
              { value: 'kits', label: t('kits.title') },
            ]}
          />
        </div>
        {showsKits ? (
          <KitPicker kits={kits} chosen={chosenName} onChoose={choose} describedBy="style-hint" />
        ) : (
          <StylePicker
            options={options}
            chosen={chosenName}
            onChoose={choose}
            legend={t('styles')}
            describedBy="style-hint"
            previews={photo ? previews.addresses : {}}
            standIn={photo && previews.isWorking ? toShown(photo) : null}
          />
        )}
        <p role="status" className="sr-only">
          {photo ? t(previews.isWorking ? 'previews.working' : 'previews.done') : null}
        </p>
        {photo ? <PhotoAdvice advice={advice} /> : null}
        {terms.engine === 'local' ? null : (
          <p className="text-xs text-muted">
            {t('hosted', {
              engine: files.has(`engines.${terms.engine}`) ? files(`engines.${terms.engine}`) : terms.engine,
            })}
          </p>
        )}
        {/* Within reach of the thumb while there is something to start; nothing lies behind it at first. */}
        <div
          className={
            (isEmpty && intake.arriving === 0) || isAdding
              ? 'mt-auto grid gap-3'
              : 'sticky bottom-[calc(3.75rem+env(safe-area-inset-bottom))] z-20 mt-auto grid gap-3 md:bottom-0'
          }
        >
          {problem ? <StudioProblem problem={problem} /> : null}
          {isUsedUp ? null : <StudioBar quota={quota} busy={isBusy} count={photos.length} wait={expected} />}
        </div>
      </div>
    </form>
  );
}
