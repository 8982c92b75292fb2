'use client';

import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '#components/ui/overlay/menu.tsx';
import { Sheet, SheetContent, SheetTrigger } from '#components/ui/overlay/sheet.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { Tooltip } from '#components/ui/overlay/tooltip.tsx';
import { Tabs } from '#components/ui/tabs.tsx';

/** Everything that floats, and what opens it. */
export function DevOverlays() {
  const t = useTranslations('devUi');
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap gap-3">
        <Dialog>
          <DialogTrigger asChild>
            <Button variant="secondary">{t('dialog.open')}</Button>
          </DialogTrigger>
          <DialogContent
            title={t('dialog.title')}
            description={t('alert.more')}
            actions={
              <>
                <DialogClose asChild>
                  <Button variant="quiet">{t('button.quiet')}</Button>
                </DialogClose>
                <DialogClose asChild>
                  <Button variant="danger">{t('button.danger')}</Button>
                </DialogClose>
              </>
            }
          />
        </Dialog>
        <Sheet>
          <SheetTrigger asChild>
            <Button variant="secondary">{t('dialog.sheet')}</Button>
          </SheetTrigger>
          <SheetContent title={t('dialog.title')}>
            <p>{t('alert.more')}</p>
          </SheetContent>
        </Sheet>
        <Menu>
          <MenuTrigger asChild>
            <Button variant="secondary">{t('dialog.menu')}</Button>
          </MenuTrigger>
          <MenuContent>
            <MenuItem>{t('choice.one')}</MenuItem>
            <MenuItem>{t('choice.two')}</MenuItem>
            <MenuSeparator />
            <MenuItem disabled>{t('choice.three')}</MenuItem>
          </MenuContent>
        </Menu>
        <Tooltip text={t('alert.more')}>
          <Button variant="secondary">{t('dialog.tooltip')}</Button>
        </Tooltip>
        <Button variant="secondary" onClick={() => toast('success', t('alert.success'))}>
          {t('dialog.toast')}
        </Button>
      </div>
      <Tabs
        label={t('floating')}
        tabs={(['one', 'two', 'three'] as const).map((value) => ({
          value,
          label: t(`choice.${value}`),
          content: <p>{t('sample')}</p>,
        }))}
      />
    </div>
  );
}
