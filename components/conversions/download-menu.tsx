'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '#components/ui/overlay/menu.tsx';

type Props = { id: string /** The result's file, JPEG. */; url: string; name: string };

/** Saves a result in its full size, in one of two formats. */
export function DownloadMenu({ id, url, name }: Props) {
  const t = useTranslations('conversions');
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
          <a href={`${url}?download=${encodeURIComponent(name)}`} download>
            {t('jpeg')}
          </a>
        </MenuItem>
        <MenuItem asChild>
          <a href={`/api/conversions/${id}/png`} download={`${name}.png`}>
            {t('png')}
          </a>
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
