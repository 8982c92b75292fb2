import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { describePage } from '#components/shell/describe-page.ts';
import { TextPage } from '#components/shell/text-page.tsx';
import { env } from '#lib/core/env/env.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

export async function generateMetadata({
  params,
}: {
  params: Promise<{ locale: Locale }>;
}): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'pages.contact' });
  return describePage(locale, { title: t('title'), description: t('lead'), path: '/contact' });
}

const link = 'text-lapis underline underline-offset-4';

export default function ContactPage() {
  const t = useTranslations('pages.contact');
  const { email, phone } = env().contact;
  return (
    <TextPage
      title={t('title')}
      lead={t('lead')}
      sections={(['fault', 'rights'] as const).map((name) => ({
        name,
        title: t(`${name}.title`),
        text: t(`${name}.text`),
      }))}
    >
      <dl className="mt-8 grid gap-4">
        {email ? (
          <div>
            <dt className="text-sm text-muted">{t('email')}</dt>
            <dd>
              <a href={`mailto:${email}`} dir="ltr" className={link}>
                {email}
              </a>
            </dd>
          </div>
        ) : null}
        {phone ? (
          <div>
            <dt className="text-sm text-muted">{t('phone')}</dt>
            <dd>
              <a href={`tel:${phone.replace(/[^+\d]/g, '')}`} dir="ltr" className={link}>
                {phone}
              </a>
            </dd>
          </div>
        ) : null}
      </dl>
      {email || phone ? null : <p className="mt-2">{t('none')}</p>}
    </TextPage>
  );
}
