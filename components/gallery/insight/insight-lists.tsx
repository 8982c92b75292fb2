import { useTranslations } from 'next-intl';
import { Picture, toShown } from '#components/files/picture.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { Table, Td, Th } from '#components/ui/table.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { ImageView } from '#lib/files/image/view.ts';
import type { InsightView } from '#lib/gallery/insight/queries.ts';
import { type Counts, countNames } from '#lib/gallery/visit/kinds.ts';

type Counted = Counts & { id: string; name: string; picture?: ImageView | undefined };

/** What was looked at and tried most: images and albums, each leading to its own days. */
export function InsightLists({ insight, days }: { insight: InsightView; days: number }) {
  const { pictures } = insight;
  const images = insight.images.map(({ title, fileName, ...image }) => ({
    ...image,
    name: title ?? fileName,
    picture: pictures[image.id],
  }));
  return (
    <>
      <CountsOf of="image" rows={images} days={days} />
      <CountsOf of="album" rows={insight.albums} days={days} />
    </>
  );
}

function CountsOf({ of, rows, days }: { of: 'image' | 'album'; rows: readonly Counted[]; days: number }) {
  const t = useTranslations('insight');
  if (rows.length === 0) return null;
  return (
    <div className="grid grid-cols-1 gap-3">
      <h2 className="text-lg font-semibold">{t(`${of}s`)}</h2>
      <Table caption={t(`${of}s`)} stacks="threes">
        <thead>
          <tr>
            <Th>{t(of)}</Th>
            {countNames.map((name) => (
              <Th key={name}>{t(name)}</Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, picture, ...counts }) => (
            <tr key={id}>
              <Td place="wide">
                <Link
                  href={`/vendor/insight?days=${days}&${of}=${id}`}
                  className="flex items-center gap-3 underline-offset-4 hover:underline"
                >
                  {picture ? (
                    <Picture
                      image={toShown(picture)}
                      alt=""
                      sizes="48px"
                      className="size-12 shrink-0 rounded-sm object-cover"
                    />
                  ) : null}
                  <OwnWords className={of === 'image' ? 'max-w-60 min-w-0 truncate' : undefined}>
                    {name}
                  </OwnWords>
                </Link>
              </Td>
              {countNames.map((column) => (
                <Td key={column} label={t(column)}>
                  {t('number', { count: counts[column] })}
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
