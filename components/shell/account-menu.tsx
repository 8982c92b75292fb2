'use client';

import { Brush, CircleUser, Images, LogOut } from 'lucide-react';
import { useTransition } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuLabel, MenuSeparator, MenuTrigger } from '#components/ui/menu.tsx';
import { signOutUser } from '#lib/auth/actions.ts';
import { Link, useRouter } from '#lib/core/i18n/navigation.ts';

type Words = { open: string; studio: string; conversions: string; signOut: string };

/** Who is signed in, their places, and the way out. */
export function AccountMenu({ who, words }: { who: string; words: Words }) {
  const router = useRouter();
  const [leaving, startLeaving] = useTransition();
  const leave = () =>
    startLeaving(async () => {
      await signOutUser({});
      router.push('/');
      router.refresh();
    });

  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="quiet" size="icon" aria-label={words.open} busy={leaving}>
          <CircleUser aria-hidden="true" />
        </Button>
      </MenuTrigger>
      <MenuContent label={words.open}>
        <MenuLabel>
          <bdi>{who}</bdi>
        </MenuLabel>
        <MenuSeparator />
        <MenuItem asChild>
          <Link href="/studio">
            <Brush aria-hidden="true" />
            {words.studio}
          </Link>
        </MenuItem>
        <MenuItem asChild>
          <Link href="/conversions">
            <Images aria-hidden="true" />
            {words.conversions}
          </Link>
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={leave}>
          <LogOut aria-hidden="true" className="rtl:-scale-x-100" />
          {words.signOut}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
