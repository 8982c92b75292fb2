import { useTranslations } from 'next-intl';
import { Card } from '#components/ui/card.tsx';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { Section } from './shell/section.tsx';

/** What to say to the person, ready in both languages. */
export type ReadyAnswer = { readonly locale: Locale; readonly text: string };

/** What can be sent to whoever asks, as it is. */
export function ReadyAnswers({ answers }: { answers: readonly ReadyAnswer[] }) {
  const t = useTranslations('admin.failures');
  return (
    <Section title={t('answer')} lead={t('answerLead')}>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        {answers.map(({ locale, text }) => (
          <Card key={locale} lang={locale} dir={locale === 'fa' ? 'rtl' : 'ltr'}>
            <p className="select-all">{text}</p>
          </Card>
        ))}
      </div>
    </Section>
  );
}
