import { useTranslations } from 'next-intl';
import { Picture, toShown } from '#components/files/picture.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { Table, Td, Th } from '#components/ui/table.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { InsightView } from '#lib/gallery/insight/queries.ts';
import { type Counts, countNames } from '#lib/gallery/visit/kinds.ts';

type Props = { insight: InsightView; days: number };

/** What was looked at and tried most: images and albums, each leading to its own days. */
export function InsightLists({ insight, days }: Props) {
  const t = useTranslations('insight');
  const heads = countNames.map((name) => <Th key={name}>{t(name)}</Th>);
  const figures = (row: Counts) =>
    countNames.map((name) => (
      <Td key={name} label={t(name)}>
        {t('number', { count: row[name] })}
      </Td>
    ));
  return (
    <>
      {insight.images.length > 0 ? (
        <section aria-labelledby="insight-images" className="grid grid-cols-1 gap-3">
          <h2 id="insight-images" className="text-lg font-semibold">
            {t('images')}
          </h2>
          <Table caption={t('images')} stacks="threes">
            <thead>
              <tr>
                <Th>{t('image')}</Th>
                {heads}
              </tr>
            </thead>
            <tbody>
              {insight.images.map((image) => {
                const picture = insight.pictures[image.id];
                return (
                  <tr key={image.id}>
                    <Td place="wide">
                      <Link
                        href={`/vendor/insight?days=${days}&image=${image.id}`}
                        className="flex items-center gap-3 hover:underline underline-offset-4"
                      >
                        {picture ? (
                          <Picture
                            image={toShown(picture)}
                            alt=""
                            sizes="48px"
                            className="size-12 shrink-0 rounded-sm object-cover"
                          />
                        ) : null}
                        <OwnWords className="max-w-60 min-w-0 truncate">
                          {image.title ?? image.fileName}
                        </OwnWords>
                      </Link>
                    </Td>
                    {figures(image)}
                  </tr>
                );
              })}
            </tbody>
          </Table>
        </section>
      ) : null}
      {insight.albums.length > 0 ? (
        <section aria-labelledby="insight-albums" className="grid grid-cols-1 gap-3">
          <h2 id="insight-albums" className="text-lg font-semibold">
            {t('albums')}
          </h2>
          <Table caption={t('albums')} stacks="threes">
            <thead>
              <tr>
                <Th>{t('album')}</Th>
                {heads}
              </tr>
            </thead>
            <tbody>
              {insight.albums.map((album) => (
                <tr key={album.id}>
                  <Td place="wide">
                    <Link
                      href={`/vendor/insight?days=${days}&album=${album.id}`}
                      className="hover:underline underline-offset-4"
                    >
                      <OwnWords>{album.name}</OwnWords>
                    </Link>
                  </Td>
                  {figures(album)}
                </tr>
              ))}
            </tbody>
          </Table>
        </section>
      ) : null}
    </>
  );
}
