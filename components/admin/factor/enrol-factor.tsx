'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CodeField } from '#components/auth/code-field.tsx';
import { callAction } from '#components/ui/action/call-action.ts';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { beginFactor, confirmFactor } from '#lib/auth/factor/actions.ts';
import type { NewFactor } from '#lib/auth/factor/enrol-factor.ts';
import { confirmFactorInput } from '#lib/auth/factor/input.ts';
import type { PublicFailure } from '#lib/core/result.ts';

/** Three steps on one page: a secret for the app, its first code, and the recovery codes. */
export function EnrolFactor({ next }: { next: string }) {
  const t = useTranslations('admin.factor.enrol');
  const [factor, setFactor] = useState<NewFactor | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [failure, setFailure] = useState<PublicFailure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const begin = async () => {
    setBusy(true);
    const begun = await callAction(beginFactor, {});
    setBusy(false);
    if (begun.ok) setFactor(begun.value);
    else setFailure(begun);
  };
  if (codes) return <RecoveryCodes codes={codes} next={next} />;
  if (factor) return <FirstCode factor={factor} onDone={setCodes} />;
  return (
    <div className="grid gap-5">
      <FormFailure failure={failure} />
      <Button size="lg" wide busy={isBusy} onClick={begin}>
        {t('begin')}
      </Button>
    </div>
  );
}

type FirstCodeProps = { factor: NewFactor; onDone: (codes: readonly string[]) => void };

/** What the app reads, and the code it shows then. */
function FirstCode({ factor, onDone }: FirstCodeProps) {
  const t = useTranslations('admin.factor.enrol');
  const form = useActionForm({
    schema: confirmFactorInput,
    empty: { code: '' },
    action: confirmFactor,
    onAnswer: ({ recoveryCodes }) => onDone(recoveryCodes),
    onDone: () => undefined,
    staysOpen: true,
  });
  return (
    <form {...form.formProps} className="grid gap-5">
      <p className="text-sm">{t('scan')}</p>
      {/* biome-ignore lint/performance/noImgElement: made a moment ago, kept nowhere */}
      <img
        src={`data:image/svg+xml;base64,${btoa(factor.qrSvg)}`}
        alt={t('qr')}
        width={208}
        height={208}
        className="justify-self-center rounded-control border border-line bg-white p-1"
      />
      <div className="grid gap-1 text-center">
        <p className="text-sm text-muted">{t('type')}</p>
        <code dir="ltr" data-secret className="font-mono text-sm select-all">
          {factor.secret.match(/.{1,4}/g)?.join(' ')}
        </code>
      </div>
      <CodeField {...form.register('code')} label={t('code')} error={form.errorOf('code')} />
      <FormFailure failure={form.failure} />
      <SubmitButton isReady={form.isReady} isBusy={form.isBusy}>
        {t('submit')}
      </SubmitButton>
    </form>
  );
}

/** Shown once; what is not written down now is not shown again. */
function RecoveryCodes({ codes, next }: { codes: readonly string[]; next: string }) {
  const t = useTranslations('admin.factor.recovery');
  return (
    <div className="grid gap-5">
      <Alert tone="success" live>
        {t('done')}
      </Alert>
      <p className="text-sm">{t('text')}</p>
      <ul
        dir="ltr"
        className="grid grid-cols-2 gap-2 rounded-control bg-sunken p-4 text-center font-mono text-sm"
      >
        {codes.map((code) => (
          <li key={code} data-recovery className="select-all">
            {code}
          </li>
        ))}
      </ul>
      {/* A whole new page: the frame of the console was made without one. */}
      <Button size="lg" wide onClick={() => window.location.assign(next)}>
        {t('go')}
      </Button>
    </div>
  );
}
