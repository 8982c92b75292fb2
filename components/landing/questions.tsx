import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';

const questions = ['who', 'cost', 'fail', 'face'] as const;

/** What people ask before they hand over a photo of themselves. */
export function Questions() {
  const t = useTranslations('home.questions');
  return (
    <section className="page grid gap-6 py-14 md:py-20 lg:grid-cols-[1fr_2fr] lg:gap-12">
      <h2 className="text-xl font-extrabold md:text-2xl">{t('title')}</h2>
      <div className="border-b border-line">
        {questions.map((question) => (
          <details key={question} name="questions" className="group border-t border-line">
            <summary className="flex list-none items-center justify-between gap-4 rounded-sm py-5 font-semibold [&::-webkit-details-marker]:hidden">
              {t(`${question}.title`)}
              <Plus
                aria-hidden="true"
                className="size-5 shrink-0 text-muted transition-transform duration-calm group-open:rotate-45"
              />
            </summary>
            <p className="max-w-text pb-6 text-muted">{t(`${question}.text`)}</p>
          </details>
        ))}
      </div>
    </section>
  );
}
