import { headers } from 'next/headers';
import { scriptText } from './script-text.ts';

/** What a page is about, for search engines (schema.org). Vendors' own words cannot end the script. */
export async function JsonLd({ data }: { data: Readonly<Record<string, unknown>> }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <script
      type="application/ld+json"
      // The browser hides the attribute from scripts, and a refreshed page brings another one.
      suppressHydrationWarning
      nonce={nonce}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON whose every `<` is written as an escape
      dangerouslySetInnerHTML={{ __html: scriptText({ '@context': 'https://schema.org', ...data }) }}
    />
  );
}
