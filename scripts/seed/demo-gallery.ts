import type { DemoAlbum } from './demo-album.ts';

/**
 * The galleries of the demo: what stands where, under which name. No person, address or number in them is anybody's.
 * Some of the ten free places of each stay, so that one can try to bring pictures in.
 */
export const demoHandle = 'khane-naqsh';
const salonHandle = 'salon-rangin';
const atelierHandle = 'atelier-sepidar';

const contact = {
  contactPhone: '',
  email: '',
  address: '',
  website: '',
  instagram: '',
  telegram: '',
  bale: '',
  whatsapp: '',
  eitaa: '',
} as const;

type DemoShop = {
  readonly handle: string;
  readonly business: {
    readonly businessName: string;
    readonly bio: string;
    readonly kind: 'craft' | 'salon' | 'photographer';
    readonly city: string;
  } & typeof contact;
  /** In the order that visitors find them. */
  readonly albums: readonly DemoAlbum[];
};

const house: readonly DemoAlbum[] = [
  {
    title: 'کاشی و شیشه',
    description: 'ستاره‌های هشت‌پر، آجر لعاب‌دار و شیشهٔ رنگی پنجره‌ها.',
    isStyleKit: true,
    images: [
      {
        picture: 'tiles',
        title: 'کاشی هشت‌پر',
        altText: 'کاشی‌هایی با ستاره‌های هشت‌پر فیروزه‌ای و لاجوردی',
        tags: ['کاشی', 'فیروزه', 'هندسی'],
        kind: 'fabric',
        repeatCm: 60,
      },
      {
        picture: 'lattice',
        title: 'پنجرهٔ اُرُسی',
        altText: 'پنجره‌ای با شیشه‌های رنگی در قاب‌های هندسی چوبی',
        tags: ['شیشه', 'رنگارنگ', 'هندسی'],
        kind: 'place',
      },
      {
        picture: 'bricks',
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
        picture: 'carpet',
        title: 'قالی ترنج‌دار',
        altText: 'قالی سرخ با ترنجی در میان و حاشیه‌ای پرنقش',
        tags: ['قالی', 'سرخ'],
        kind: 'fabric',
        repeatCm: 90,
      },
      {
        picture: 'ikat',
        title: 'ایکات',
        altText: 'پارچهٔ ایکات با لوزی‌های سرخ که لبه‌هایشان در هم دویده است',
        tags: ['گلیم', 'سرخ'],
        kind: 'fabric',
        repeatCm: 60,
      },
      {
        picture: 'zigzag',
        title: 'جاجیم دندانه‌دار',
        altText: 'جاجیم با خط‌های دندانه‌دار رنگارنگ',
        tags: ['گلیم', 'رنگارنگ'],
        kind: 'fabric',
        repeatCm: 50,
      },
      {
        picture: 'stripes',
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
        picture: 'marble',
        title: 'ابری و باد',
        altText: 'کاغذ ابری با رگه‌های رنگی شانه‌شده',
        tags: ['کاغذ', 'رنگارنگ'],
        kind: 'painting',
      },
    ],
  },
];

const salon: readonly DemoAlbum[] = [
  {
    title: 'رنگ مو',
    description: 'هر دسته یک رنگ؛ از روشن به تیره. رنگ دلخواه را همان‌جا روی عکس خود بردارید.',
    isStyleKit: true,
    images: [
      {
        picture: 'brownHair',
        title: 'از عسلی تا قهوهٔ تلخ',
        altText: 'پنج دستهٔ مو، از عسلی روشن تا قهوهٔ تلخ',
        tags: ['مو', 'خرمایی'],
        kind: 'hair',
        shades: { hair: '#8A5A34' },
      },
      {
        picture: 'warmHair',
        title: 'مسی و شرابی',
        altText: 'پنج دستهٔ مو، از مسی روشن تا شرابی تیره',
        tags: ['مو', 'مسی', 'سرخ'],
        kind: 'hair',
        shades: { hair: '#8E3520' },
      },
      {
        picture: 'coolHair',
        title: 'دودی و زغالی',
        altText: 'پنج دستهٔ مو، از نقره‌ای تا زغالی',
        tags: ['مو', 'دودی'],
        kind: 'hair',
        shades: { hair: '#A9A39B' },
      },
    ],
  },
  {
    title: 'آرایش',
    description: 'رژ لب، سایه و رژگونه؛ هر رنگ را برای لب، پلک یا گونه انتخاب کنید.',
    isStyleKit: false,
    images: [
      {
        picture: 'lipsticks',
        title: 'رژ لب، شش رنگ',
        altText: 'شش رد رژ لب روی کاغذ، از صورتی تا زرشکی',
        tags: ['آرایش', 'رژ لب', 'سرخ'],
        kind: 'makeup',
        shades: { lips: '#B3232F' },
      },
      {
        picture: 'shadows',
        title: 'سایهٔ چشم',
        altText: 'شش قوطی گرد سایهٔ چشم، از کرم تا بنفش و سبز',
        tags: ['آرایش', 'سایه'],
        kind: 'makeup',
        shades: { eyes: '#6C4A6E', lips: '#B07C8C' },
      },
      {
        picture: 'blushes',
        title: 'رژگونه',
        altText: 'شش قوطی گرد رژگونه، از هلویی تا گلی تیره',
        tags: ['آرایش', 'رژگونه'],
        kind: 'makeup',
        shades: { cheeks: '#E58C83', lips: '#C9646A' },
      },
    ],
  },
];

const atelier: readonly DemoAlbum[] = [
  {
    title: 'چاپ و نقاشی',
    description: 'عکس خود را با دست یک چاپگر ببینید: باسمه، چاپ سیلک و رنگ روغن.',
    isStyleKit: true,
    images: [
      {
        picture: 'garden',
        title: 'باغ، چاپ سیلک',
        altText: 'باغی با سروها، تپه‌ها و خورشید سرخ در پنج رنگ تخت',
        tags: ['چاپ', 'سرخ'],
        kind: 'painting',
      },
      {
        picture: 'cypress',
        title: 'دو سرو، باسمهٔ چوبی',
        altText: 'کوه و دو سرو، با برش‌های مغار در یک رنگ تیره',
        tags: ['چاپ', 'خط'],
        kind: 'painting',
      },
      {
        picture: 'field',
        title: 'گندم‌زار، رنگ روغن',
        altText: 'گندم‌زاری زیر آسمان چرخان با ضربه‌های پررنگ قلم‌مو',
        tags: ['نقاشی', 'رنگارنگ'],
        kind: 'painting',
      },
    ],
  },
  {
    title: 'پس‌زمینه',
    description: 'بی آن‌که به آتلیه بیایید، در آن بایستید.',
    isStyleKit: false,
    images: [
      {
        picture: 'plaster',
        title: 'دیوار کاهگلی و پنجره',
        altText: 'دیواری به رنگ خاک که نور پنجره رویش افتاده است',
        tags: ['آتلیه', 'نور'],
        kind: 'place',
      },
      {
        picture: 'arcade',
        title: 'رواق فیروزه‌ای',
        altText: 'طاق‌های فیروزه‌ای پشت سر هم که به روشنایی می‌رسند',
        tags: ['آتلیه', 'فیروزه'],
        kind: 'place',
      },
      {
        picture: 'dusk',
        title: 'باغ در غروب',
        altText: 'باغی در غروب با چراغ‌هایی بیرون از کانون',
        tags: ['آتلیه', 'شب'],
        kind: 'place',
      },
    ],
  },
];

/** By the number of their account's owner. The last stands first where the newest do. */
export const demoShops: Readonly<Record<string, DemoShop>> = {
  '+989120000002': {
    handle: demoHandle,
    business: {
      businessName: 'خانهٔ نقش',
      bio: 'نقش‌هایی از کاشی و قالی، برای آن‌که عکس خود را در لباسی تازه ببینید.',
      kind: 'craft',
      city: 'اصفهان',
      ...contact,
    },
    albums: house,
  },
  '+989120000003': {
    handle: salonHandle,
    business: {
      businessName: 'سالن رنگین',
      bio: 'پیش از آن‌که رنگ بگذارید، آن را روی عکس خود ببینید.',
      kind: 'salon',
      city: 'شیراز',
      ...contact,
    },
    albums: salon,
  },
  '+989120000004': {
    handle: atelierHandle,
    business: {
      businessName: 'آتلیهٔ سپیدار',
      bio: 'چاپ دستی و عکاسی پرتره.',
      kind: 'photographer',
      city: 'تهران',
      ...contact,
    },
    albums: atelier,
  },
};
