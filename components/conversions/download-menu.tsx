'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#components/ui/overlay/menu.tsx';
import { printSizes } from '#lib/conversions/print-size.ts';

type Props = {
  id: string;
  name: string;
  /** In pixels. */
  width: number;
  height: number;
};

/** Saves a result in its full size, in one of two formats, which say what they are, and how large it can be printed. */
export function DownloadMenu({ id, name, width, height }: Props) {
  const t = useTranslations('conversions');
  const fileOf = (format: 'jpeg' | 'png') =>
    `/api/conversions/${id}/${format}?download=${encodeURIComponent(name)}`;
  const sizes = printSizes(width, height);
  const print =
    sizes &&
    t('print', {
      near: sizes.near.width,
      nearHigh: sizes.near.height,
      far: sizes.far.width,
      farHigh: sizes.far.height,
    });
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button>
          <Download aria-hidden="true" />
          {t('download')}
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuItem asChild>
          <a href={fileOf('jpeg')} download>
            <Format name={t('jpeg.name')} note={t('jpeg.note', { width, height })} more={print} />
          </a>
        </MenuItem>
        <MenuItem asChild>
          <a href={fileOf('png')} download>
            <Format name={t('png.name')} note={t('png.note', { width, height })} />
          </a>
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}

function Format({ name, note, more }: { name: string; note: string; more?: string | null }) {
  return (
    <span className="grid max-w-sm py-1">
      {name}
      <span className="text-xs text-muted">{note}</span>
      {more && <span className="text-xs text-muted">{more}</span>}
    </span>
  );
}
