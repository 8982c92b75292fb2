import { useTranslations } from 'next-intl';
import { Table } from '#components/ui/table.tsx';
import { errorCodes, errorStatus } from '#lib/core/errors.ts';
import { errorOffPage } from '#lib/core/i18n/off-page.ts';

/** Known to a browser only: a program is never told these. */
const inBrowsers: ReadonlySet<string> = new Set(['line.offline', 'page.outdated']);

/** Every code that a refusal may have, each with an anchor that the refusal itself names. */
export function ErrorTable() {
  const t = useTranslations('developers.errors');
  const say = useTranslations();
  return (
    <Table caption={t('title')}>
      <thead>
        <tr className="text-start text-sm text-muted">
          {(['code', 'status', 'meaning'] as const).map((column) => (
            <th key={column} scope="col" className="p-3 text-start font-normal">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {errorCodes
          .filter((code) => !inBrowsers.has(code))
          .map((code) => (
            <tr key={code} id={code} className="border-t border-line align-top target:bg-sunken">
              <th scope="row" className="p-3 text-start font-mono text-sm font-normal">
                <bdi dir="ltr">{code}</bdi>
              </th>
              <td className="p-3 text-sm">
                <bdi dir="ltr">{errorStatus[code]}</bdi>
              </td>
              <td className="p-3">{say(errorOffPage(code) as `errors.${typeof code}`)}</td>
            </tr>
          ))}
      </tbody>
    </Table>
  );
}
