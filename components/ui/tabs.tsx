'use client';

import { useLocale } from 'next-intl';
import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { direction } from '#lib/core/i18n/routing.ts';

type Tab = { value: string; label: ReactNode; content: ReactNode };

/** A few faces of one thing. What deserves its own address gets a page instead. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <Radix.Root dir={direction[useLocale()]} {...(tabs[0] ? { defaultValue: tabs[0].value } : {})}>
      <Radix.List aria-label={label} className="rail gap-1 border-b border-line">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px min-h-11 border-b-2 border-transparent px-4 text-sm whitespace-nowrap text-muted transition-colors duration-quick hover:text-ink emphasised-active data-[state=active]:border-primary data-[state=active]:font-semibold data-[state=active]:text-ink"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-6">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
