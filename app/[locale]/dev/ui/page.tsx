import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Breadcrumbs } from '#components/ui/breadcrumbs.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Card } from '#components/ui/card.tsx';
import { DayChart } from '#components/ui/day-chart.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Meter } from '#components/ui/meter.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { Progress } from '#components/ui/progress.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Table, Td, Th } from '#components/ui/table.tsx';
import { env } from '#lib/core/env/env.ts';
import { palette } from '../../../../tailwind.config.ts';
import { DevFields } from './fields.tsx';
import { DevOverlays } from './overlays.tsx';

const variants = ['primary', 'secondary', 'quiet', 'danger'] as const;
const sizes = ['sm', 'md', 'lg'] as const;
const tones = ['information', 'success', 'warning', 'danger'] as const;
const scale = ['text-4xl', 'text-3xl', 'text-2xl', 'text-xl', 'text-lg', 'text-base', 'text-sm', 'text-xs'];

const chartDays = Array.from({ length: 14 }, (_, at) => ({
  day: `2026-03-${String(at + 8).padStart(2, '0')}`,
  values: [at * 3, (at * 7) % 11, 14 - at],
}));

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="grid gap-6">
      <h2 className="text-lg font-semibold">{title}</h2>
      {children}
    </Card>
  );
}

/** Every primitive in every state, for the people who build this. Not part of a production site. */
export default async function DevUiPage() {
  if (env().isProduction) notFound();
  const t = await getTranslations('devUi');
  return (
    <main id="main" className="page grid max-w-page gap-8 py-12">
      <h1 className="text-2xl font-extrabold">{t('title')}</h1>
      <Group title={t('colours')}>
        <ul className="grid grid-cols-2 gap-3 text-xs sm:grid-cols-4 lg:grid-cols-6" dir="ltr">
          {Object.keys(palette.light).map((name) => (
            <li key={name} className="grid gap-1">
              <span
                className="h-12 rounded-control border border-line"
                style={{ background: `var(--${name})` }}
              />
              {name}
            </li>
          ))}
        </ul>
      </Group>
      <Group title={t('type')}>
        {scale.map((size) => (
          <p key={size} className={`${size} ${size > 'text-b' ? '' : 'font-extrabold'} min-w-0 truncate`}>
            {t('sample')}
          </p>
        ))}
      </Group>
      <Group title={t('buttons')}>
        {sizes.map((size) => (
          <div key={size} className="flex flex-wrap gap-3">
            {variants.map((variant) => (
              <Button key={variant} variant={variant} size={size}>
                {t(`button.${variant}`)}
              </Button>
            ))}
            <Button size={size} busy>
              {t('button.primary')}
            </Button>
            <Button size={size} disabled>
              {t('button.disabled')}
            </Button>
          </div>
        ))}
        <div>
          <ButtonLink href="/dev/ui" variant="secondary">
            {t('button.link')}
          </ButtonLink>
        </div>
      </Group>
      <Group title={t('fields')}>
        <DevFields
          words={{
            label: t('field.label'),
            hint: t('field.hint'),
            error: t('field.error'),
            optional: t('field.optional'),
            password: t('field.password'),
            text: t('sample'),
            choices: [t('choice.one'), t('choice.two'), t('choice.three')],
          }}
        />
      </Group>
      <Group title={t('messages')}>
        {tones.map((tone) => (
          <Alert key={tone} tone={tone} title={t(`alert.${tone}`)}>
            {t('alert.more')}
          </Alert>
        ))}
        <div className="flex flex-wrap gap-2">
          <Badge>{t('choice.one')}</Badge>
          <Badge tone="primary">{t('choice.one')}</Badge>
          <Badge tone="saffron">{t('choice.one')}</Badge>
          {tones.map((tone) => (
            <Badge key={tone} tone={tone}>
              {t('choice.two')}
            </Badge>
          ))}
        </div>
      </Group>
      <Group title={t('floating')}>
        <ClientMessages namespaces={['devUi']}>
          <DevOverlays />
        </ClientMessages>
      </Group>
      <Group title={t('measures')}>
        <Meter value={2} max={2} label={t('measure')} text={t('sample')} />
        <Meter value={0} max={2} label={t('measure')} text={t('sample')} />
        <Meter value={37} max={100} label={t('measure')} text={t('sample')} />
        <Progress value={0.62} label={t('measure')} />
        <Progress label={t('measure')} />
        <DayChart
          title={t('measure')}
          series={[
            { name: t('choice.one'), tone: 'primary' },
            { name: t('choice.two'), tone: 'saffron' },
            { name: t('choice.three'), tone: 'quiet' },
          ]}
          days={chartDays}
        />
        <div className="grid gap-3">
          <Skeleton className="h-40 w-full rounded-card" />
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-4 w-1/3" />
        </div>
      </Group>
      <Group title={t('lists')}>
        <Table caption={t('lists')}>
          <thead>
            <tr>
              <Th>{t('choice.one')}</Th>
              <Th>{t('choice.two')}</Th>
              <Th>{t('choice.three')}</Th>
            </tr>
          </thead>
          <tbody>
            {sizes.map((size) => (
              <tr key={size}>
                <Td>{t('sample')}</Td>
                <Td>{t('choice.two')}</Td>
                <Td>
                  <Badge tone="success">{t('alert.success')}</Badge>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
        <Pager href="/dev/ui" />
        <Breadcrumbs
          steps={[
            { href: '/dev/ui', text: t('choice.one') },
            { href: '/dev/ui#main', text: t('choice.two') },
          ]}
        />
        <EmptyState title={t('empty')} action={<Button>{t('button.primary')}</Button>}>
          {t('alert.more')}
        </EmptyState>
      </Group>
    </main>
  );
}
