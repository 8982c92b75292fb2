import {
  ChartNoAxesColumn,
  FolderOpen,
  Images,
  Inbox,
  LayoutDashboard,
  type LucideIcon,
  Store,
  Wallet,
} from 'lucide-react';

/** A place of the vendor's area, by the name of its words in `messages/` (`vendorShell.places`). */
export type VendorPlace = {
  readonly href: `/vendor${string}`;
  readonly name: 'desk' | 'images' | 'albums' | 'insight' | 'received' | 'billing' | 'profile';
  readonly icon: LucideIcon;
  /** The address of the desk begins every other one, so it is meant only as it stands. */
  readonly exact?: boolean;
  /** A phone's bar has five places; these are found in the menu of the account. */
  readonly isWideOnly?: boolean;
};

export const vendorPlaces: readonly VendorPlace[] = [
  { href: '/vendor', name: 'desk', icon: LayoutDashboard, exact: true },
  { href: '/vendor/images', name: 'images', icon: Images },
  { href: '/vendor/albums', name: 'albums', icon: FolderOpen },
  { href: '/vendor/insight', name: 'insight', icon: ChartNoAxesColumn },
  { href: '/vendor/received', name: 'received', icon: Inbox, isWideOnly: true },
  { href: '/vendor/billing', name: 'billing', icon: Wallet, isWideOnly: true },
  { href: '/vendor/profile', name: 'profile', icon: Store },
];
