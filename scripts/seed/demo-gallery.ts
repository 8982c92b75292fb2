import type { LookKind } from '#lib/gallery/look/kinds.ts';
import type { demoPatterns } from './demo-patterns.ts';

/**
 * The gallery of the demo: what stands where, under which name. No person, address or number in it is anybody's.
 * Two of the ten free places stay, so that one can try to bring pictures in.
 */
export const demoHandle = 'khane-naqsh';

export const demoBusiness = {
  businessName: 'خانهٔ نقش',
  bio: 'نقش‌هایی از کاشی و قالی، برای آن‌که عکس خود را در لباسی تازه ببینید.',
  kind: 'craft',
  city: 'اصفهان',
  contactPhone: '',
  email: '',
  address: '',
  website: '',
  instagram: '',
  telegram: '',
  whatsapp: '',
  eitaa: '',
} as const;

type DemoAlbum = {
  readonly title: string;
  readonly description: string;
  readonly isStyleKit: boolean;
  readonly images: readonly {
    readonly pattern: keyof typeof demoPatterns;
    readonly title: string;
    readonly tags: readonly string[];
    /** What visitors try on with it, and how wide what it shows is in truth. */
    readonly kind: LookKind;
    readonly repeatCm?: number;
  }[];
};

/** In the order that visitors find them. */
export const demoAlbums: readonly DemoAlbum[] = [
  {
    title: 'کاشی و شیشه',
    description: 'ستاره‌های هشت‌پر، آجر لعاب‌دار و شیشهٔ رنگی پنجره‌ها.',
    isStyleKit: true,
    images: [
      {
        pattern: 'tiles',
        title: 'کاشی هشت‌پر',
        tags: ['کاشی', 'فیروزه', 'هندسی'],
        kind: 'fabric',
        repeatCm: 60,
      },
      { pattern: 'lattice', title: 'پنجرهٔ اُرُسی', tags: ['شیشه', 'رنگارنگ', 'هندسی'], kind: 'place' },
      { pattern: 'bricks', title: 'آجر و لعاب', tags: ['آجر', 'فیروزه'], kind: 'place' },
    ],
  },
  {
    title: 'قالی و دست‌بافت',
    description: 'از ترنج قالی تا راه‌راه جاجیم.',
    isStyleKit: false,
    images: [
      { pattern: 'carpet', title: 'قالی ترنج‌دار', tags: ['قالی', 'سرخ'], kind: 'fabric', repeatCm: 90 },
      { pattern: 'ikat', title: 'ایکات', tags: ['گلیم', 'سرخ'], kind: 'fabric', repeatCm: 60 },
      {
        pattern: 'zigzag',
        title: 'جاجیم دندانه‌دار',
        tags: ['گلیم', 'رنگارنگ'],
        kind: 'fabric',
        repeatCm: 50,
      },
      { pattern: 'stripes', title: 'جاجیم راه‌راه', tags: ['گلیم', 'خط'], kind: 'fabric', repeatCm: 50 },
    ],
  },
  {
    title: 'کاغذ ابری',
    description: 'رنگ‌هایی که روی آب شانه شده‌اند.',
    isStyleKit: false,
    images: [{ pattern: 'marble', title: 'ابری و باد', tags: ['کاغذ', 'رنگارنگ'], kind: 'painting' }],
  },
];
