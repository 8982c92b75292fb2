import { useFormatter, useTranslations } from 'next-intl';

const steps = ['photo', 'style', 'compare'] as const;

/** How it goes, in three sentences. */
export function Steps() {
  const t = useTranslations('home.steps');
  const format = useFormatter();
  return (
    <section className="page py-16 md:py-24">
      <h2 className="text-xl font-extrabold md:text-2xl">{t('title')}</h2>
      <ol className="mt-8 grid gap-8 md:mt-10 md:grid-cols-3 md:gap-12">
        {steps.map((step, at) => (
          <li key={step} className="border-t border-line pt-5">
            <span aria-hidden="true" className="text-sm font-semibold text-primary">
              {format.number(at + 1)}
            </span>
            <h3 className="mt-1 text-lg font-semibold">{t(`${step}.title`)}</h3>
            <p className="mt-1.5 text-sm text-muted">{t(`${step}.text`)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
