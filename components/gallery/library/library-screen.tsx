'use client';

import {
  Accessibility,
  Eye,
  EyeOff,
  FolderPlus,
  MoreVertical,
  Pencil,
  Shirt,
  Tag,
  Trash2,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '#components/ui/overlay/menu.tsx';
import { HeardWords } from '#components/ui/own-words.tsx';
import { fillAlbum } from '#lib/gallery/album/actions.ts';
import type { AlbumChoice } from '#lib/gallery/album/queries.ts';
import type { OwnImage } from '#lib/gallery/library/view.ts';
import type { BusinessKind } from '#lib/gallery/vendor/kinds.ts';
import { AlbumPicker } from './album-picker.tsx';
import { DescribeMany } from './describe-many.tsx';
import { ImageCard, nameOf } from './image-card.tsx';
import { ImageEditor } from './image-editor.tsx';
import { imageGrid } from './image-grid.ts';
import { LookMany } from './look-many.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { TagMany } from './tag-many.tsx';
import { useImageActions } from './use-image-actions.ts';
import { useSelection } from './use-selection.ts';

type Props = {
  images: readonly OwnImage[];
  albums: readonly AlbumChoice[];
  knownTags: readonly string[];
  /** The shop's handle. */
  shop: string;
  business: BusinessKind | null;
};

/** A vendor's images, to be titled, tagged, shown, put into albums and thrown away, one or many at a time. */
export function LibraryScreen({ images, albums, knownTags, shop, business }: Props) {
  const t = useTranslations('library.gallery');
  const looks = useTranslations('vendorLooks');
  const { isBusy, act, publish, unpublish, trash } = useImageActions();
  const selection = useSelection(images.map(({ id }) => id));
  const [edited, setEdited] = useState<OwnImage | null>(null);
  const [filing, setFiling] = useState<readonly string[]>([]);
  const [tagging, setTagging] = useState(false);
  const [naming, setNaming] = useState(false);
  const [describing, setDescribing] = useState(false);
  const { selected } = selection;
  const chosen = images.filter(({ id }) => selection.has(id));

  const then = (done: Promise<boolean>) => void done.then((ok) => ok && selection.clear());
  const file = async (albumId: string) => {
    const imageIds = filing;
    setFiling([]);
    then(
      act(
        () => callAction(fillAlbum, { id: albumId, imageIds }),
        ({ added }) => t('filed', { count: added }),
      ),
    );
  };

  return (
    <>
      <ul aria-label={t('list')} className={imageGrid}>
        {images.map((image) => {
          const { id, isPublic, moderation } = image;
          return (
            <li key={id}>
              <ImageCard
                image={image}
                isChosen={selection.has(id)}
                onChoose={() => selection.toggle(id)}
                onOpen={() => setEdited(image)}
                menu={
                  <Menu>
                    <MenuTrigger asChild>
                      <Button variant="quiet" size="icon">
                        <MoreVertical aria-hidden="true" />
                        <HeardWords text={t('menu', { name: nameOf(image) })} own={nameOf(image)} />
                      </Button>
                    </MenuTrigger>
                    <MenuContent>
                      <MenuItem aria-haspopup="dialog" onSelect={() => setEdited(image)}>
                        <Pencil aria-hidden="true" />
                        {t('edit.title')}
                      </MenuItem>
                      {isPublic ? (
                        <MenuItem onSelect={() => void unpublish([id])}>
                          <EyeOff aria-hidden="true" />
                          {t('unpublish')}
                        </MenuItem>
                      ) : (
                        <MenuItem disabled={moderation !== 'accepted'} onSelect={() => void publish([id])}>
                          <Eye aria-hidden="true" />
                          {t('publish')}
                        </MenuItem>
                      )}
                      <MenuItem aria-haspopup="dialog" onSelect={() => setFiling([id])}>
                        <FolderPlus aria-hidden="true" />
                        {t('file')}
                      </MenuItem>
                      <MenuSeparator />
                      <MenuItem onSelect={() => void trash([id])}>
                        <Trash2 aria-hidden="true" />
                        {t('trash')}
                      </MenuItem>
                    </MenuContent>
                  </Menu>
                }
              />
            </li>
          );
        })}
      </ul>
      <SelectionBar
        count={selected.length}
        all={images.length}
        onAll={selection.all}
        onClear={selection.clear}
      >
        <Button size="sm" variant="secondary" busy={isBusy} onClick={() => then(publish(selected))}>
          <Eye aria-hidden="true" />
          {t('publish')}
        </Button>
        <Button size="sm" variant="secondary" busy={isBusy} onClick={() => then(unpublish(selected))}>
          <EyeOff aria-hidden="true" />
          {t('unpublish')}
        </Button>
        <Button size="sm" variant="secondary" aria-haspopup="dialog" onClick={() => setFiling(selected)}>
          <FolderPlus aria-hidden="true" />
          {t('file')}
        </Button>
        <Button size="sm" variant="secondary" aria-haspopup="dialog" onClick={() => setNaming(true)}>
          <Shirt aria-hidden="true" />
          {looks('many')}
        </Button>
        <Button size="sm" variant="secondary" aria-haspopup="dialog" onClick={() => setDescribing(true)}>
          <Accessibility aria-hidden="true" />
          {t('alt.action')}
        </Button>
        <Button size="sm" variant="secondary" aria-haspopup="dialog" onClick={() => setTagging(true)}>
          <Tag aria-hidden="true" />
          {t('tag')}
        </Button>
        <Button size="sm" variant="secondary" busy={isBusy} onClick={() => then(trash(selected))}>
          <Trash2 aria-hidden="true" />
          {t('trash')}
        </Button>
      </SelectionBar>
      <ImageEditor image={edited} knownTags={knownTags} shop={shop} onClose={() => setEdited(null)} />
      <LookMany open={naming} images={chosen} business={business} onClose={() => setNaming(false)} />
      <DescribeMany open={describing} images={chosen} onClose={() => setDescribing(false)} />
      <TagMany open={tagging} images={chosen} knownTags={knownTags} onClose={() => setTagging(false)} />
      <AlbumPicker
        open={filing.length > 0}
        title={t('fileMany', { count: filing.length })}
        albums={albums}
        onClose={() => setFiling([])}
        onPick={file}
      />
    </>
  );
}
