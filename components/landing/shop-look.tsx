import { Equal, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Picture } from '#components/files/picture.tsx';
import { lookSample } from '#components/styles/sample.ts';

const parts = ['photo', 'shop', 'result'] as const;

/** How a shop's picture becomes a look, in three pictures: a photo, the shop's, and what comes of both. */
export function ShopLook() {
  const t = useTranslations('home.look');
  return (
    <section className="page grid gap-8 py-14 md:py-20 lg:grid-cols-[1fr_2fr] lg:items-center lg:gap-16">
      <div>
        <h2 className="text-xl font-extrabold md:text-2xl">{t('title')}</h2>
        <p className="mt-3 max-w-form text-muted">{t('text')}</p>
      </div>
      <ol className="far-below grid grid-cols-3 gap-3 sm:gap-8">
        {parts.map((part) => (
          <li key={part} className="relative min-w-0">
            <Picture
              image={lookSample(part)}
              alt={t(`${part}.alt`)}
              sizes="(min-width: 64rem) 230px, 30vw"
              className="aspect-6/7 w-full rounded-card object-cover"
            />
            <p className="mt-2.5 text-xs text-muted sm:text-sm">{t(`${part}.name`)}</p>
            {part === 'photo' ? null : <Sign part={part} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What joins a picture to the one before it; the order of the list says it to those who listen. */
function Sign({ part }: { part: 'shop' | 'result' }) {
  const Icon = part === 'shop' ? Plus : Equal;
  return (
    <span
      aria-hidden="true"
      className="absolute top-[42%] -start-1.5 grid size-7 -translate-y-1/2 place-content-center rounded-full border border-line bg-background ltr:-translate-x-1/2 sm:-start-4 sm:size-9 rtl:translate-x-1/2"
    >
      <Icon className="size-4" />
    </span>
  );
}
