'use client';

import {
  ArrowDown,
  ArrowUp,
  ChevronsDown,
  ChevronsUp,
  Eye,
  EyeOff,
  FolderInput,
  FolderMinus,
  FolderPlus,
  ImageIcon,
  MoreVertical,
  Pencil,
  Tag,
  Trash2,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { announce } from '#components/ui/overlay/announce.ts';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '#components/ui/overlay/menu.tsx';
import { HeardWords } from '#components/ui/own-words.tsx';
import { chooseCover, fillAlbum, takeFromAlbum, transferImages } from '#lib/gallery/album/actions.ts';
import type { AlbumChoice } from '#lib/gallery/album/queries.ts';
import type { AlbumView } from '#lib/gallery/album/view.ts';
import type { OwnImage } from '#lib/gallery/library/view.ts';
import { AlbumPicker } from '../library/album-picker.tsx';
import { ImageCard, nameOf } from '../library/image-card.tsx';
import { ImageEditor } from '../library/image-editor.tsx';
import { imageGrid } from '../library/image-grid.ts';
import { SelectionBar } from '../library/selection-bar.tsx';
import { TagMany } from '../library/tag-many.tsx';
import { useImageActions } from '../library/use-image-actions.ts';
import { useSelection } from '../library/use-selection.ts';
import { targetOf } from './arrange.ts';
import { SortableItem, SortableList } from './sortable.tsx';
import { useImageOrder } from './use-image-order.ts';

type Props = {
  album: AlbumView;
  images: readonly OwnImage[];
  /** The first image of the following page. */
  following: string | null;
  albums: readonly AlbumChoice[];
  knownTags: readonly string[];
  /** The shop's handle. */
  shop: string;
};

/** The images of one album: ordered by hand, shown, tagged, moved to others or taken out. */
export function AlbumScreen({ album, images, following, albums, knownTags, shop }: Props) {
  const t = useTranslations('albums');
  const gallery = useTranslations('library.gallery');
  const { isBusy, act, publish, unpublish, trash } = useImageActions();
  const { order, move } = useImageOrder(album, images);
  const selection = useSelection(order);
  const [edited, setEdited] = useState<OwnImage | null>(null);
  const [picking, setPicking] = useState<'add' | 'move' | null>(null);
  const [tagging, setTagging] = useState(false);
  const byId = new Map(images.map((image) => [image.id, image]));
  const shown = order.flatMap((id) => byId.get(id) ?? []);
  const { selected } = selection;
  const isManual = album.imageOrder === 'manual';
  // Without a chosen one the first image is the cover, also right after it was dragged there.
  const firstIsCover = isManual && album.cover !== null && order.includes(album.cover.id);
  const cover = album.coverImageId ?? (firstIsCover ? order[0] : album.cover?.id);

  const then = (done: Promise<boolean>) => void done.then((ok) => ok && selection.clear());
  const drop = (held: string, over: string) => {
    const moved = selection.has(held) ? selected : [held];
    if (!moved.includes(over)) move(moved, targetOf(order, moved, held, over), following);
  };
  /** From the menu, where nothing is dragged: the new place is said. */
  const moveTo = (image: OwnImage, place: number) => {
    const [from, last] = [order.indexOf(image.id), order.length - 1];
    // What follows it then; the page's own end is before the next page's beginning.
    const before = order[place < from ? place : place + 1] ?? null;
    move([image.id], before, place > last ? null : following);
    announce(
      t('order.dropped', { name: nameOf(image), place: Math.min(place, last) + 1, all: order.length }),
    );
  };
  const takeOut = (imageIds: readonly string[]) =>
    act(
      () => callAction(takeFromAlbum, { id: album.id, imageIds }),
      ({ taken }) => t('taken', { count: taken }),
    );
  const pick = (to: string) => {
    const [imageIds, from] = [selected, album.id];
    setPicking(null);
    then(
      picking === 'move'
        ? act(
            () => callAction(transferImages, { from, to, imageIds }),
            ({ moved }) => t('moved', { count: moved }),
          )
        : act(
            () => callAction(fillAlbum, { id: to, imageIds }),
            ({ added }) => gallery('filed', { count: added }),
          ),
    );
  };

  return (
    <>
      <SortableList
        id={`album-${album.id}`}
        label={gallery('list')}
        ids={order}
        nameOf={(id) => nameOf(byId.get(id) ?? { title: '', fileName: '' })}
        onMove={drop}
        className={imageGrid}
      >
        {shown.map((image, index) => (
          <SortableItem key={image.id} id={image.id} name={nameOf(image)} disabled={!isManual}>
            {(handle) => (
              <ImageCard
                image={image}
                isChosen={selection.has(image.id)}
                onChoose={() => selection.toggle(image.id)}
                onOpen={() => setEdited(image)}
                handle={handle}
                badge={image.id === cover ? <Badge tone="primary">{t('cover')}</Badge> : null}
                menu={
                  <Menu>
                    <MenuTrigger asChild>
                      <Button variant="quiet" size="icon">
                        <MoreVertical aria-hidden="true" />
                        <HeardWords text={gallery('menu', { name: nameOf(image) })} own={nameOf(image)} />
                      </Button>
                    </MenuTrigger>
                    <MenuContent>
                      <MenuItem aria-haspopup="dialog" onSelect={() => setEdited(image)}>
                        <Pencil aria-hidden="true" />
                        {gallery('edit.title')}
                      </MenuItem>
                      <MenuItem
                        disabled={album.coverImageId === image.id}
                        onSelect={() =>
                          void act(
                            () => callAction(chooseCover, { id: album.id, imageId: image.id }),
                            t('coverChosen'),
                          )
                        }
                      >
                        <ImageIcon aria-hidden="true" />
                        {t('chooseCover')}
                      </MenuItem>
                      {isManual ? (
                        <>
                          <MenuSeparator />
                          <MenuItem disabled={index === 0} onSelect={() => moveTo(image, 0)}>
                            <ChevronsUp aria-hidden="true" />
                            {t('order.first')}
                          </MenuItem>
                          <MenuItem disabled={index === 0} onSelect={() => moveTo(image, index - 1)}>
                            <ArrowUp aria-hidden="true" />
                            {t('order.earlier')}
                          </MenuItem>
                          <MenuItem
                            disabled={index === order.length - 1}
                            onSelect={() => moveTo(image, index + 1)}
                          >
                            <ArrowDown aria-hidden="true" />
                            {t('order.later')}
                          </MenuItem>
                          <MenuItem
                            disabled={index === order.length - 1 && following === null}
                            onSelect={() => moveTo(image, order.length)}
                          >
                            <ChevronsDown aria-hidden="true" />
                            {t('order.last')}
                          </MenuItem>
                        </>
                      ) : null}
                      <MenuSeparator />
                      <MenuItem onSelect={() => void takeOut([image.id])}>
                        <FolderMinus aria-hidden="true" />
                        {t('takeOut')}
                      </MenuItem>
                      <MenuItem onSelect={() => void trash([image.id])}>
                        <Trash2 aria-hidden="true" />
                        {gallery('trash')}
                      </MenuItem>
                    </MenuContent>
                  </Menu>
                }
              />
            )}
          </SortableItem>
        ))}
      </SortableList>
      <SelectionBar
        count={selected.length}
        all={shown.length}
        onAll={selection.all}
        onClear={selection.clear}
      >
        <Button size="sm" variant="secondary" busy={isBusy} onClick={() => then(publish(selected))}>
          <Eye aria-hidden="true" />
          {gallery('publish')}
        </Button>
        <Button size="sm" variant="secondary" busy={isBusy} onClick={() => then(unpublish(selected))}>
          <EyeOff aria-hidden="true" />
          {gallery('unpublish')}
        </Button>
        <Button size="sm" variant="secondary" aria-haspopup="dialog" onClick={() => setPicking('move')}>
          <FolderInput aria-hidden="true" />
          {t('move')}
        </Button>
        <Button size="sm" variant="secondary" aria-haspopup="dialog" onClick={() => setPicking('add')}>
          <FolderPlus aria-hidden="true" />
          {gallery('file')}
        </Button>
        <Button size="sm" variant="secondary" aria-haspopup="dialog" onClick={() => setTagging(true)}>
          <Tag aria-hidden="true" />
          {gallery('tag')}
        </Button>
        <Button size="sm" variant="secondary" busy={isBusy} onClick={() => then(takeOut(selected))}>
          <FolderMinus aria-hidden="true" />
          {t('takeOut')}
        </Button>
      </SelectionBar>
      <ImageEditor image={edited} knownTags={knownTags} shop={shop} onClose={() => setEdited(null)} />
      <TagMany
        open={tagging}
        images={shown.filter(({ id }) => selection.has(id))}
        knownTags={knownTags}
        onClose={() => setTagging(false)}
      />
      <AlbumPicker
        open={picking !== null}
        title={
          picking === 'move'
            ? t('moveMany', { count: selected.length })
            : gallery('fileMany', { count: selected.length })
        }
        albums={albums.filter(({ id }) => id !== album.id)}
        onClose={() => setPicking(null)}
        onPick={pick}
      />
    </>
  );
}
