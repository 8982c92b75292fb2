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
    readonly altText: string;
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
        altText: 'کاشی‌هایی با ستاره‌های هشت‌پر فیروزه‌ای و لاجوردی',
        tags: ['کاشی', 'فیروزه', 'هندسی'],
        kind: 'fabric',
        repeatCm: 60,
      },
      {
        pattern: 'lattice',
        title: 'پنجرهٔ اُرُسی',
        altText: 'پنجره‌ای با شیشه‌های رنگی در قاب‌های هندسی چوبی',
        tags: ['شیشه', 'رنگارنگ', 'هندسی'],
        kind: 'place',
      },
      {
        pattern: 'bricks',
        title: 'آجر و لعاب',
        altText: 'دیواری از آجر با ردیف‌های لعاب فیروزه‌ای',
        tags: ['آجر', 'فیروزه'],
        kind: 'place',
      },
    ],
  },
  {
    title: 'قالی و دست‌بافت',
    description: 'از ترنج قالی تا راه‌راه جاجیم.',
    isStyleKit: false,
    images: [
      {
        pattern: 'carpet',
        title: 'قالی ترنج‌دار',
        altText: 'قالی سرخ با ترنجی در میان و حاشیه‌ای پرنقش',
        tags: ['قالی', 'سرخ'],
        kind: 'fabric',
        repeatCm: 90,
      },
      {
        pattern: 'ikat',
        title: 'ایکات',
        altText: 'پارچهٔ ایکات با لوزی‌های سرخ که لبه‌هایشان در هم دویده است',
        tags: ['گلیم', 'سرخ'],
        kind: 'fabric',
        repeatCm: 60,
      },
      {
        pattern: 'zigzag',
        title: 'جاجیم دندانه‌دار',
        altText: 'جاجیم با خط‌های دندانه‌دار رنگارنگ',
        tags: ['گلیم', 'رنگارنگ'],
        kind: 'fabric',
        repeatCm: 50,
      },
      {
        pattern: 'stripes',
        title: 'جاجیم راه‌راه',
        altText: 'جاجیم با راه‌راه‌های باریک و پهن',
        tags: ['گلیم', 'خط'],
        kind: 'fabric',
        repeatCm: 50,
      },
    ],
  },
  {
    title: 'کاغذ ابری',
    description: 'رنگ‌هایی که روی آب شانه شده‌اند.',
    isStyleKit: false,
    images: [
      {
        pattern: 'marble',
        title: 'ابری و باد',
        altText: 'کاغذ ابری با رگه‌های رنگی شانه‌شده',
        tags: ['کاغذ', 'رنگارنگ'],
        kind: 'painting',
      },
    ],
  },
];
