'use client';

import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  rectSortingStrategy,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
} from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { clsx } from 'clsx';
import { GripVertical } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useRef } from 'react';
import { HeardWords } from '#components/ui/own-words.tsx';

type ListProps = {
  /** Names the list for hydration and for those who listen. */
  id: string;
  label: string;
  ids: readonly string[];
  nameOf: (id: string) => string;
  /** `moved` was let go over `over`. */
  onMove: (moved: string, over: string) => void;
  className: string;
  children: ReactNode;
};

/**
 * A list that is ordered by hand: with a mouse, a finger or the keyboard (Space takes and lets go, arrows move,
 * Escape gives up), each step told in words. Inside stand `SortableItem`s. Needs the namespace `albums`.
 */
export function SortableList({ id, label, ids, nameOf, onMove, className, children }: ListProps) {
  const t = useTranslations('albums.order');
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const place = (one: string | number) => ({
    name: nameOf(String(one)),
    place: ids.indexOf(String(one)) + 1,
    all: ids.length,
  });
  // It lies over itself as soon as it is picked up: said, that would take the place of the words that it is.
  const isAtStart = useRef(false);
  const announcements: Announcements = {
    onDragStart: ({ active }) => {
      isAtStart.current = true;
      return t('taken', place(active.id));
    },
    onDragOver: ({ active, over }) => {
      const isTold = isAtStart.current && over?.id === active.id;
      isAtStart.current = false;
      return over && !isTold ? t('over', { ...place(over.id), name: nameOf(String(active.id)) }) : undefined;
    },
    onDragEnd: ({ active, over }) =>
      t('dropped', { ...place((over ?? active).id), name: nameOf(String(active.id)) }),
    onDragCancel: ({ active }) => t('cancelled', place(active.id)),
  };
  const end = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) onMove(String(active.id), String(over.id));
  };
  return (
    <DndContext
      id={id}
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t('howTo') } }}
    >
      <SortableContext items={[...ids]} strategy={rectSortingStrategy}>
        <ul aria-label={label} className={className}>
          {children}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

type ItemProps = {
  id: string;
  name: string;
  /** Not while the list has another order than one's own. */
  disabled?: boolean;
  /** Takes the handle to where it shall stand. */
  children: (handle: ReactNode) => ReactNode;
};

/** One thing of a sortable list, taken by its handle, so that the thing itself can still be pressed. */
export function SortableItem({ id, name, disabled = false, children }: ItemProps) {
  const t = useTranslations('albums.order');
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } =
    useSortable({ id, disabled, attributes: { roleDescription: t('role') } });
  const handle = disabled ? null : (
    <button
      {...attributes}
      {...listeners}
      ref={setActivatorNodeRef}
      type="button"
      data-sort-handle={id}
      className="grid size-11 cursor-grab touch-none place-content-center rounded-control bg-raised/85 text-ink shadow-float active:cursor-grabbing"
    >
      <GripVertical aria-hidden="true" className="size-5" />
      <HeardWords text={t('handle', { name })} own={name} />
    </button>
  );
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={clsx('relative', isDragging && 'z-10 opacity-80')}
    >
      {children(handle)}
    </li>
  );
}
