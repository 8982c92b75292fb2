'use client';

import { clsx } from 'clsx';
import { Check, Minus, Plus, RotateCcw, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Segmented } from '#components/ui/form/segmented.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { type LookKind, mostTaps, type Tap, type TapPart } from '#lib/gallery/look/kinds.ts';
import { otherwiseAt } from '#lib/styles/paint/looks/order.ts';
import type { PartsShot } from '../device/desk.ts';
import { withTap } from '../draft/chosen.ts';
import { type PartsGroup, partsGroup } from './parts-group.ts';

type Props = {
  /** The photo as it is, and how wide it is for its height. */
  original: string;
  kind: LookKind;
  /** Null until it has been looked at. */
  seen: PartsShot | null;
  /** What is seen belongs to taps of before. */
  isLooking: boolean;
  taps: readonly Tap[];
  onTaps: (taps: readonly Tap[]) => void;
  onDone: () => void;
  className: string;
};

type Mode = 'add' | 'leave' | 'covering' | 'who';

/** What a tap that adds says, by what the look is worn on. */
const added: Readonly<Record<PartsGroup, TapPart>> = {
  clothes: 'clothes',
  hair: 'hair',
  place: 'clothes',
  who: 'person',
};
const keyStep = 0.02;

function modesOf(group: PartsGroup, people: number): Mode[] {
  const who: Mode[] = people > 1 ? ['who'] : [];
  if (group === 'who') return who;
  return group === 'place' ? ['add', 'leave', ...who] : ['add', 'leave', 'covering', ...who];
}

/**
 * The photo with what the look is worn on tinted: a tap says that something belongs to it or does not, or chooses who
 * it is for. With keys, arrows move a cross and Enter taps. Needs `studio.parts`.
 */
export function PartsStage(props: Props) {
  const { original, kind, seen, isLooking, taps, onTaps, onDone, className } = props;
  const t = useTranslations('studio.parts');
  const group = partsGroup(kind);
  const people = seen?.people ?? [];
  const modes = modesOf(group, people.length);
  const [wanted, setMode] = useState<Mode>(group === 'who' ? 'who' : 'add');
  const mode = modes.includes(wanted) ? wanted : (modes[0] ?? 'add');
  const [ratio, setRatio] = useState<number | null>(null);
  const [cross, setCross] = useState<{ x: number; y: number } | null>(null);
  const area = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLElement>(null);
  // What was pressed is gone with the stage: here it goes on, all of it in view.
  useEffect(() => {
    area.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'start' });
  }, []);

  const partAt = (x: number, y: number): TapPart => {
    if (mode === 'covering') return 'covering';
    if (mode !== 'leave') return mode === 'who' ? 'person' : added[group];
    return seen ? otherwiseAt(seen.otherwise, x, y) : 'background';
  };
  const tap = (x: number, y: number) => onTaps(withTap(taps, { part: partAt(x, y), x, y }));
  const click = ({ clientX, clientY, detail }: MouseEvent) => {
    const box = area.current?.getBoundingClientRect();
    // A click without a pointer is Enter.
    if (detail === 0 || !box) return tap(cross?.x ?? 0.5, cross?.y ?? 0.5);
    setCross(null);
    tap((clientX - box.left) / box.width, (clientY - box.top) / box.height);
  };
  const press = (event: KeyboardEvent) => {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
      event.key
    ] ?? [0, 0];
    if (!dx && !dy) return;
    event.preventDefault();
    const step = keyStep * (event.shiftKey ? 5 : 1);
    const { x, y } = cross ?? { x: 0.5, y: 0.5 };
    const inside = (value: number) => Math.min(1, Math.max(0, value));
    setCross({ x: inside(x + (dx ?? 0) * step), y: inside(y + (dy ?? 0) * step) });
  };
  const place = ({ x, y }: { x: number; y: number }) => ({ left: `${x * 100}%`, top: `${y * 100}%` });
  const said = isLooking || !seen ? t('looking') : t(`title.${group}`);
  return (
    <section
      ref={box}
      aria-label={t(`open.${group}`)}
      className={clsx('scroll-mt-3 flex min-h-0 flex-col gap-2', className)}
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p role="status" className="min-w-0 text-sm">
          {said}
        </p>
        {modes.length > 1 ? (
          <div className="max-w-full overflow-x-auto">
            <Segmented
              name="tap"
              legend={t('mode.label')}
              value={mode}
              onChange={(next) => setMode(modes.find((one) => one === next) ?? 'add')}
              options={modes.map((value) => ({
                value,
                label: value === 'add' ? t(`add.${group}`) : t(`mode.${value}`),
              }))}
            />
          </div>
        ) : null}
      </div>
      <div className="relative min-h-0 grow overflow-hidden rounded-card bg-sunken [container-type:size]">
        {/* Places in a photo do not turn with the script. */}
        <div
          dir="ltr"
          className="absolute top-1/2 left-1/2 w-[min(100cqw,calc(100cqh*var(--ratio)))] -translate-1/2"
          style={{ aspectRatio: ratio ?? 1, ['--ratio' as string]: ratio ?? 1 }}
        >
          {/* biome-ignore lint/performance/noImgElement: made on this device; there is nothing to optimise */}
          <img
            src={original}
            alt=""
            draggable={false}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              setRatio(naturalWidth / Math.max(1, naturalHeight))
            }
            className="size-full select-none"
          />
          {seen?.mask ? (
            <span
              aria-hidden="true"
              data-mask
              className={clsx('absolute inset-0 bg-primary/60', isLooking && 'motion-safe:animate-pulse')}
              style={{ maskImage: `url(${seen.mask.url})`, maskSize: '100% 100%' }}
            />
          ) : null}
          <button
            ref={area}
            type="button"
            aria-label={t('area')}
            onClick={click}
            onKeyDown={press}
            className="absolute inset-0 size-full cursor-crosshair touch-manipulation focus-visible:-outline-offset-4"
          />
          {people.length > 1
            ? people.map((person, at) => (
                <button
                  key={`${person.x} ${person.y}`}
                  type="button"
                  disabled={mode !== 'who'}
                  aria-pressed={person.isChosen}
                  aria-label={t('person', { number: at + 1 })}
                  onClick={() => onTaps(withTap(taps, { part: 'person', x: person.x, y: person.y }))}
                  className={clsx(
                    'absolute aspect-square min-h-11 -translate-1/2 rounded-full border-3',
                    person.isChosen ? 'border-primary' : 'border-background/70 border-dashed',
                    mode !== 'who' && 'pointer-events-none',
                  )}
                  style={{ ...place(person), height: `${person.height * 125}%` }}
                />
              ))
            : null}
          {taps.map(({ part, x, y }) =>
            part === 'person' ? null : (
              <span
                key={`${part} ${x} ${y}`}
                aria-hidden="true"
                className="pointer-events-none absolute grid size-5 -translate-1/2 place-content-center rounded-full border-2 border-background bg-ink text-background [&_svg]:size-3"
                style={place({ x, y })}
              >
                {part === added[group] || part === 'covering' ? <Plus /> : <Minus />}
              </span>
            ),
          )}
          {cross ? (
            <span
              aria-hidden="true"
              className="pointer-events-none absolute size-8 -translate-1/2 rounded-full border-2 border-background outline-2 outline-ink"
              style={place(cross)}
            />
          ) : null}
        </div>
        {isLooking || !seen ? (
          <span className="absolute start-3 top-3 grid size-8 place-content-center rounded-full bg-background">
            <Spinner />
          </span>
        ) : null}
      </div>
      <div className="flex items-center gap-2">
        <Button
          variant="quiet"
          size="sm"
          disabled={taps.length === 0}
          onClick={() => onTaps(taps.slice(0, -1))}
        >
          <Undo2 aria-hidden="true" />
          {t('undo')}
        </Button>
        <Button variant="quiet" size="sm" disabled={taps.length === 0} onClick={() => onTaps([])}>
          <RotateCcw aria-hidden="true" />
          {t('clear')}
        </Button>
        <span className="sr-only" aria-live="polite">
          {t('count', { count: taps.length, most: mostTaps })}
        </span>
        <Button size="sm" className="ms-auto" onClick={onDone}>
          <Check aria-hidden="true" />
          {t('done')}
        </Button>
      </div>
    </section>
  );
}
