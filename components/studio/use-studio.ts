'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useWait } from '#components/conversions/use-wait.ts';
import { kindOf, makersOf } from '#components/files/engine-names.ts';
import type { ShownTerms } from '#components/files/photo-terms-line.tsx';
import { usePageFiles } from '#components/files/use-page-files.ts';
import { announce } from '#components/ui/overlay/announce.ts';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { adviceFor } from '#lib/conversions/photo-check/view.ts';
import { conversionLimits } from '#lib/conversions/policy.ts';
import type { WaitView } from '#lib/conversions/queue/read-wait.ts';
import type { ImageView } from '#lib/files/image/view.ts';
import type { PhotoPage } from '#lib/files/photo/list-photos.ts';
import type { LookShades, Tap } from '#lib/gallery/look/kinds.ts';
import { hasStrength, isStyleName, type StyleName } from '#lib/styles/catalogue.ts';
import { toDevice, useMissingLook } from './device/staged-look.ts';
import { useShots } from './device/use-shots.ts';
import { withShades, withStrength, withTaps } from './draft/chosen.ts';
import {
  type Draft,
  emptyDraft,
  isPicked,
  liveWish,
  lookOfName,
  nameOfLook,
  toggled,
  wantedCount,
  withoutPhoto,
  withPhotos,
} from './draft/draft.ts';
import { clearDraft } from './draft/keep-draft.ts';
import { type Brought, keptPhoto, useDraft } from './draft/use-draft.ts';
import { useFiles } from './draft/use-files.ts';
import type { KitOption } from './kit-picker.tsx';
import type { StudioQuota } from './make/bar-note.tsx';
import { useJoin } from './make/use-join.ts';
import { useMake } from './make/use-make.ts';
import { usePhotoCheck } from './make/use-photo-check.ts';
import { useAddress } from './stage/use-address.ts';
import type { StyleOption } from './style-picker.tsx';
import { usePickedLooks } from './use-picked-looks.ts';

export type StudioProps = {
  styles: readonly StyleOption[];
  /** The gallery's picture that was brought along and more of its shop, offered before the styles. */
  references: readonly StyleOption[];
  /** Sets of looks that galleries offer; null when they could not be read. */
  kits: readonly KitOption[] | null;
  startsWithKits: boolean;
  /** Who is signed in, as this device remembers it; null for visitors, and for vendors. */
  account: string | null;
  /** Null for visitors. */
  quota: StudioQuota | null;
  wait: WaitView | null;
  /** What the least plan costs. */
  price: string | null;
  /** Photos of earlier days, newest first. */
  earlier: PhotoPage;
  terms: ShownTerms;
  brought: Brought;
  /** Somebody comes back from signing up or paying, to have done what they had asked for. */
  goesOn: boolean;
};

const noTaps: readonly Tap[] = [];
const noWait: WaitView = { ahead: 0, seconds: 0 };

/** The state of the studio: the draft, what the device makes of it, and what becomes of "make the picture". */
export function useStudio(props: StudioProps) {
  const { styles, references, kits, account, quota, wait, terms } = props;
  const t = useTranslations('studio');
  const { draft, isRead, change } = useDraft(account, props.brought);
  const { photos, look, shown } = draft;
  const [isAdding, setAdding] = useState(false);
  const [leftOut, setLeftOut] = useState(0);
  const [isCorrecting, setCorrecting] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const files = useFiles((key) =>
    change((now) => {
      const at = now.photos.findIndex((one) => one.key === key);
      return at < 0 ? now : withoutPhoto(now, at);
    }),
  );
  const photo = photos[shown] ?? photos[0] ?? null;
  const options = useMemo(() => [...references, ...styles], [references, styles]);
  const { offered, known, picked, leaveOut } = usePickedLooks({ draft, isRead, change, options, kits });
  const chosenName = look ? nameOfLook(look) : null;
  const chosen = known.find(({ name }) => name === chosenName) ?? null;
  // What stands large is what is made: until somebody chooses, the first.
  const staged = chosen ?? offered[0] ?? null;
  const wanted: Draft = staged && photos.length > 0 ? { ...draft, look: lookOfName(staged.name) } : draft;
  useMissingLook(isRead && !chosen ? chosenName : null);
  const nextTo = (step: 1 | -1) => {
    const at = offered.findIndex(({ name }) => name === staged?.name);
    return offered[(at + step + offered.length) % offered.length] ?? null;
  };
  const following = nextTo(1);
  const [stagedLook, afterLook] = useMemo(() => {
    const markOf = (by?: string) => [...(by ? [by] : []), t('stage.mark')];
    return [toDevice(staged, draft, photo, markOf), toDevice(following, draft, photo, markOf)];
  }, [staged, following, draft, photo, t]);
  const makersOfLook = (option: typeof staged) => makersOf(kindOf(option), terms.engines);
  const makers = makersOfLook(staged);
  const names = useMemo(() => styles.map(({ name }) => name).filter(isStyleName) as StyleName[], [styles]);
  const shots = useShots({
    photos,
    shown: photo,
    read: files.read,
    styles: names,
    look: stagedLook,
    after: afterLook,
    // A hosted engine's looks are not imitated.
    isOn: makers.length === 0,
  });
  const seen = photo ? shots.of(photo.key) : null;
  // The server is asked where this device has not measured the photo yet, or cannot.
  const own = seen?.check ?? null;
  const kept = usePhotoCheck(account === null || own ? null : (photo?.image?.id ?? null));
  const check = own ?? kept;
  const advice = !check
    ? []
    : staged && isStyleName(staged.name)
      ? adviceFor(check, staged.name)
      : check.advice;
  const cannot = shots.support && !shots.support.can ? shots.support.why : null;
  const stopped = staged ? seen?.obstacles[staged.name] : undefined;
  const obstacle = stopped && stopped.variant === stagedLook?.variant ? stopped.obstacle : undefined;
  const isBlind = cannot !== null || seen?.phase === 'failed';
  const address = useAddress(isBlind ? photo : null, files.read);
  const painted = staged ? seen?.stages[staged.name] : undefined;
  const large = painted?.variant === stagedLook?.shown ? painted : undefined;
  const small = staged ? seen?.thumbs[staged.name] : undefined;
  // What was chosen before stands until what is chosen now is there.
  const shot = painted ?? small ?? null;

  const isStagedPicked = staged !== null && isPicked(draft, lookOfName(staged.name));
  const joining = useJoin(seen?.phase === 'open' && seen.waiting === 0, account === null);
  const expected = useWait(wait ?? noWait, Math.max(1, wantedCount(wanted)), wait !== null);
  const maker = useMake({
    draft: wanted,
    change,
    files,
    account,
    quota,
    agreedTo: terms.code,
    isUseful: (key) => shots.of(key)?.check?.usable,
    obstacle: (draft.picked.length === 0 || isStagedPicked ? obstacle : null) ?? null,
    shownNow: () => large?.blob ?? null,
    // A hosted engine makes the whole of a look: a result must not say that it is a part.
    strengthOf: (name) =>
      makersOfLook(known.find((one) => one.name === name) ?? null).length > 0
        ? undefined
        : draft.strengths[name],
    onJoin: joining.open,
  });

  const take = async (brought: readonly File[]) => {
    const room = Math.max(0, conversionLimits.batch - photos.length);
    setLeftOut(Math.max(0, brought.length - room));
    maker.forget();
    setAdding(false);
    const added = await files.take(brought.slice(0, room));
    change((now) => withPhotos(now, added));
  };
  const isOver = usePageFiles((brought) => void take(brought));
  const choose = (name: string) => {
    change((now) => ({ ...now, look: lookOfName(name), wish: now.picked.length > 0 ? now.wish : null }));
    maker.forget();
  };
  const step = (by: 1 | -1) => {
    const next = nextTo(by);
    if (!next) return;
    choose(next.name);
    announce(next.title);
  };
  const forget = async () => {
    for (const { key } of photos) shots.forget(key);
    change(() => ({ ...emptyDraft, look }));
    await clearDraft();
    toast('success', t('forgotten'));
  };

  // A style that was chosen before the page ran stands in the form alone.
  const readForm = useEffectEvent(() => {
    const typed = new FormData(form.current ?? undefined).get('style');
    if (typeof typed === 'string' && !look) choose(typed);
  });
  useEffect(() => readForm(), []);

  // Back from signing up or from the bank: what was asked for goes on by itself, once.
  const mayGoOn = useRef(props.goesOn);
  const goOn = useEffectEvent((_who: string | null) => {
    mayGoOn.current = false;
    if (liveWish(draft)) void maker.begin();
  });
  useEffect(() => {
    // An account that has just come is the other half of it.
    if (isRead && mayGoOn.current) goOn(account);
  }, [isRead, account]);
  const onJoined = () => {
    joining.close();
    // The answer that signed somebody in brings the page anew: with it comes the account.
    mayGoOn.current = true;
  };
  const order = stagedLook?.device.style === 'reference' ? (stagedLook.device.order ?? null) : null;
  const stagedAs = staged ? lookOfName(staged.name) : null;
  const referenceId = stagedAs && 'reference' in stagedAs ? stagedAs.reference : null;
  const found = order ? (seen?.parts[order.kind] ?? null) : null;
  const isEmpty = photos.length === 0;
  return {
    draft: { photos, shown, picked: draft.picked.map(nameOfLook) },
    files: {
      ...files,
      leftOut,
      isOver,
      take: (brought: readonly File[]) => void take(brought),
    },
    looks: {
      options,
      chosen,
      staged,
      choose,
      step,
      isPicked: isStagedPicked,
      picked,
      leaveOut,
    },
    stage: {
      seen,
      shot,
      isLarge: large !== undefined,
      isBlind,
      obstacle,
      why: cannot ?? ('failed' as const),
      isSample: isBlind || obstacle !== undefined,
      makers,
      ignored: makers.length > 0 && staged ? (draft.strengths[staged.name] ?? null) : null,
      original: isBlind ? address : (seen?.original?.url ?? null),
      shotsOf: shots.of,
    },
    parts: {
      /** What the look that stands large is worn on, in the photo that does; null where that says nothing. */
      order,
      seen: found,
      isLooking: found?.variant !== stagedLook?.variant,
      isOpen: isCorrecting && order !== null && !isBlind,
      open: setCorrecting,
      taps: photo?.taps ?? noTaps,
      set: (taps: readonly Tap[]) => photo && change((now) => withTaps(now, photo.key, taps)),
    },
    card: {
      /** As the gallery says it: what is chosen of it stands beside. */
      order: (order && staged?.order) ?? null,
      shades: staged ? (shots.cardOf(staged.name) ?? []) : [],
      chosen: referenceId ? (draft.shades[referenceId] ?? null) : null,
      choose: (shades: LookShades | null) =>
        referenceId && change((now) => withShades(now, referenceId, shades)),
    },
    /** How much of the look that stands large; null where it is all or nothing. */
    strength:
      staged && !isBlind && hasStrength(isStyleName(staged.name) ? staged.name : (order?.kind ?? 'light'))
        ? {
            now: draft.strengths[staged.name] ?? 1,
            set: (strength: number) => change((now) => withStrength(now, staged.name, strength)),
          }
        : null,
    adding: { isAdding: isEmpty || isAdding, set: setAdding },
    joining: { ...joining, onJoined },
    maker,
    form,
    isEmpty,
    advice,
    unsent: photos.filter(({ image }) => image === null).length,
    count: isEmpty ? 0 : wantedCount(wanted),
    wait: wait && expected,
    pick: () => staged && change((now) => toggled(now, lookOfName(staged.name))),
    show: (at: number) => change((now) => ({ ...now, shown: at })),
    use: (one: ImageView) => {
      change((now) => withPhotos(now, [keptPhoto(one)]));
      maker.forget();
      setAdding(false);
    },
    leaveOut: (at: number) => {
      const gone = photos[at];
      if (gone) {
        files.drop(gone.key);
        shots.forget(gone.key);
      }
      change((now) => withoutPhoto(now, at));
      maker.forget();
    },
    forget: () => void forget(),
  };
}
