import {
  BookText,
  ChartNoAxesColumn,
  CreditCard,
  Eye,
  Images,
  Landmark,
  type LucideIcon,
  Megaphone,
  Scale,
  ScrollText,
  Store,
  Tags,
  TicketPercent,
  Users,
} from 'lucide-react';

/** A place of administration, by the name of its words in `messages/` (`admin.places`). */
export type AdminPlace = {
  readonly href: `/admin${string}`;
  readonly name:
    | 'overview'
    | 'money'
    | 'users'
    | 'vendors'
    | 'payments'
    | 'plans'
    | 'coupons'
    | 'books'
    | 'legal'
    | 'circulars'
    | 'conversions'
    | 'moderation'
    | 'audit';
  readonly icon: LucideIcon;
  readonly exact?: boolean;
};

export const adminPlaces: readonly AdminPlace[] = [
  { href: '/admin', name: 'overview', icon: ChartNoAxesColumn, exact: true },
  { href: '/admin/money', name: 'money', icon: Landmark },
  { href: '/admin/users', name: 'users', icon: Users },
  { href: '/admin/vendors', name: 'vendors', icon: Store },
  { href: '/admin/payments', name: 'payments', icon: CreditCard },
  { href: '/admin/plans', name: 'plans', icon: Tags },
  { href: '/admin/books', name: 'books', icon: BookText },
  { href: '/admin/coupons', name: 'coupons', icon: TicketPercent },
  { href: '/admin/circulars', name: 'circulars', icon: Megaphone },
  { href: '/admin/conversions', name: 'conversions', icon: Images },
  { href: '/admin/moderation', name: 'moderation', icon: Eye },
  { href: '/admin/legal', name: 'legal', icon: Scale },
  { href: '/admin/audit', name: 'audit', icon: ScrollText },
];
