import { useTranslations } from 'next-intl';
import type { AccountKind } from '#lib/core/actor.ts';
import type en from '#messages/en.json';

type Listed = {
  readonly id: keyof (typeof en)['developers']['operations'];
  readonly method: string;
  readonly path: string;
  readonly scope: string | null;
  readonly kinds: readonly AccountKind[];
};

/** Every operation: its address, what it does, and who may. */
export function OperationTable({ operations }: { operations: readonly Listed[] }) {
  const t = useTranslations('developers');
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] rounded-card border border-line bg-surface">
      {operations.map(({ id, method, path, scope, kinds }) => (
        <li
          key={id}
          id={id}
          className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-1 border-b border-line p-4 last:border-0 md:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]"
        >
          <bdi dir="ltr" className="font-mono text-sm break-words rtl:text-end">
            <b className="font-semibold">{method}</b> {path}
          </bdi>
          <span className="grid gap-0.5">
            {t(`operations.${id}`)}
            <span className="flex flex-wrap gap-x-3 text-sm text-muted">
              <span>{kinds.map((kind) => t(`list.kind.${kind}`)).join(' · ')}</span>
              <span>
                {scope
                  ? t.rich('list.scope', {
                      scope: () => (
                        <bdi dir="ltr" className="font-mono">
                          {scope}
                        </bdi>
                      ),
                    })
                  : t('list.noScope')}
              </span>
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
