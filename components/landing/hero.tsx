import { useTranslations } from 'next-intl';
import { BeforeAfter } from '#components/conversions/before-after.tsx';
import { Picture } from '#components/files/picture.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { original, sampleOf } from '#components/styles/sample.ts';
import { Khatam } from '#components/ui/khatam.tsx';
import { type StyleName, styles } from '#lib/styles/catalogue.ts';
import { HeroTry } from './hero-try.tsx';

type Props = { style: StyleName; account: string | null; isLocal: boolean };

/**
 * What this is, in five words, and one picture that can be dragged at once; a photo of one's own takes its place. On a
 * phone the button is seen first.
 */
export function Hero({ style, account, isLocal }: Props) {
  const t = useTranslations('home');
  const titles = useTranslations('styles');
  const words = useTranslations('conversions.slider');
  const fill = 'size-full object-cover';
  const sizes = '(min-width: 64rem) 540px, (min-width: 48rem) 50vw, 100vw';
  return (
    <section className="relative overflow-hidden">
      <Khatam className="pointer-events-none absolute -end-44 -top-28 size-160 max-lg:hidden" />
      <div className="page relative grid grid-cols-1 gap-x-10 gap-y-7 py-8 md:grid-cols-2 md:py-16 lg:gap-x-20 lg:py-20">
        <div className="md:self-end">
          <h1 className="text-3xl font-extrabold lg:text-4xl">{t('headline')}</h1>
          <p className="mt-4 max-w-form text-base text-muted lg:mt-5 lg:text-lg">{t('lead')}</p>
        </div>
        <ClientMessages namespaces={['studio.stage', 'studio.photoAlt']}>
          <HeroTry
            account={account}
            isLocal={isLocal}
            styles={styles.map(({ name }) => ({ name, title: titles(`${name}.title`) }))}
            words={{
              choose: t('try.choose'),
              opening: t('try.opening'),
              make: t('try.make'),
              styles: t('try.styles'),
            }}
            sample={
              <BeforeAfter
                ratio={1}
                words={{
                  before: words('before'),
                  after: words('after'),
                  slider: words('label'),
                  half: words('half'),
                }}
                before={<Picture image={original} alt={t('portrait')} sizes={sizes} first className={fill} />}
                after={<Picture image={sampleOf(style)} alt="" sizes={sizes} early="last" className={fill} />}
                className="w-full"
              />
            }
          >
            <ul className="mt-6 flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted">
              {(['free', 'noCard', 'private'] as const).map((fact) => (
                <li key={fact} className="flex items-center gap-2">
                  <span aria-hidden="true" className="size-1.5 rotate-45 bg-saffron" />
                  {t(`facts.${fact}`)}
                </li>
              ))}
            </ul>
          </HeroTry>
        </ClientMessages>
      </div>
    </section>
  );
}
