'use client';

import { ArrowDown, ArrowUp, MoreVertical } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Picture, toShown } from '#components/files/picture.tsx';
import { callAction } from '#components/ui/action/call-action.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Khatam } from '#components/ui/khatam.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#components/ui/overlay/menu.tsx';
import { HeardWords, OwnWords } from '#components/ui/own-words.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import { moveAlbum } from '#lib/gallery/album/actions.ts';
import type { AlbumView } from '#lib/gallery/album/view.ts';
import { useGalleryAction } from '../use-gallery-action.ts';
import { moveBefore, targetOf } from './arrange.ts';
import { SortableItem, SortableList } from './sortable.tsx';

/** A vendor's albums in the order visitors find them, to be ordered by hand. */
export function AlbumList({ albums }: { albums: readonly AlbumView[] }) {
  const t = useTranslations('albums');
  const { act } = useGalleryAction();
  const [seen, setSeen] = useState(albums);
  const [order, setOrder] = useState(albums.map(({ id }) => id));
  if (seen !== albums) {
    setSeen(albums);
    setOrder(albums.map(({ id }) => id));
  }
  const byId = new Map(albums.map((album) => [album.id, album]));
  const shown = order.flatMap((id) => byId.get(id) ?? []);
  const nameOf = (id: string) => byId.get(id)?.name ?? '';

  const place = (id: string, before: string | null) => {
    setOrder(moveBefore(order, [id], before));
    void act(() => callAction(moveAlbum, { id, before }), '');
  };
  return (
    <SortableList
      id="albums"
      label={t('title')}
      ids={order}
      nameOf={nameOf}
      onMove={(id, over) => place(id, targetOf(order, [id], id, over))}
      className="grid gap-5 sm:grid-cols-2 xl:grid-cols-3"
    >
      {shown.map((album, index) => (
        <SortableItem key={album.id} id={album.id} name={album.name}>
          {(handle) => (
            <AlbumCard
              album={album}
              handle={handle}
              menu={
                <Menu>
                  <MenuTrigger asChild>
                    <Button variant="quiet" size="icon">
                      <MoreVertical aria-hidden="true" />
                      <HeardWords text={t('menu', { name: album.name })} own={album.name} />
                    </Button>
                  </MenuTrigger>
                  <MenuContent>
                    <MenuItem
                      disabled={index === 0}
                      onSelect={() => place(album.id, order[index - 1] ?? null)}
                    >
                      <ArrowUp aria-hidden="true" />
                      {t('order.earlier')}
                    </MenuItem>
                    <MenuItem
                      disabled={index === order.length - 1}
                      onSelect={() => place(album.id, order[index + 2] ?? null)}
                    >
                      <ArrowDown aria-hidden="true" />
                      {t('order.later')}
                    </MenuItem>
                  </MenuContent>
                </Menu>
              }
            />
          )}
        </SortableItem>
      ))}
    </SortableList>
  );
}

function AlbumCard({ album, handle, menu }: { album: AlbumView; handle: ReactNode; menu: ReactNode }) {
  const t = useTranslations('albums');
  const { id, name, cover, imageCount, hiddenCount, isPublic, isStyleKit } = album;
  return (
    <div className="grid min-w-0 grid-cols-1 gap-2">
      <div className="relative">
        <Link
          href={`/vendor/albums/${id}`}
          aria-hidden="true"
          tabIndex={-1}
          className="grid aspect-4/3 place-content-stretch overflow-hidden rounded-card bg-sunken"
        >
          {cover ? (
            <Picture
              image={toShown(cover)}
              alt=""
              sizes="(min-width: 80rem) 300px, (min-width: 40rem) 45vw, 90vw"
              className="size-full min-h-0 object-cover"
            />
          ) : (
            <Khatam className="m-auto size-20 text-field" />
          )}
        </Link>
        <div className="absolute end-2 top-2">{handle}</div>
      </div>
      <div className="flex items-start gap-2">
        <div className="grid min-w-0 grow gap-1">
          <h2 className="min-w-0 font-semibold">
            <Link href={`/vendor/albums/${id}`} className="hover:underline underline-offset-4">
              <OwnWords className="block w-fit max-w-full truncate">{name}</OwnWords>
            </Link>
          </h2>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
            <span>{t('count', { count: imageCount })}</span>
            <Badge tone={isPublic ? 'success' : 'neutral'}>{t(isPublic ? 'public' : 'hidden')}</Badge>
            {isStyleKit ? <Badge tone="information">{t('kit')}</Badge> : null}
          </p>
          {isPublic && hiddenCount > 0 ? (
            <p className="text-xs text-warning">{t('hiddenImages', { count: hiddenCount })}</p>
          ) : null}
        </div>
        {menu}
      </div>
    </div>
  );
}
