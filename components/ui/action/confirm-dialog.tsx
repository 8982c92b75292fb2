'use client';

import { type ReactNode, useState } from 'react';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';
import type { PublicResult } from '#lib/core/result.ts';

type Props = {
  /** The button that asks. */
  trigger: ReactNode;
  title: string;
  text: string;
  cancel: string;
  confirm: string;
  work: () => Promise<PublicResult<unknown>>;
  /** What is said when it is done. */
  done: string;
  after?: () => void;
};

/** Asks once before something that cannot be taken back; the safe answer comes first. Needs `auth` and `errors`. */
export function ConfirmDialog({ trigger, title, text, cancel, confirm, work, done, after }: Props) {
  const [isOpen, setOpen] = useState(false);
  const { isBusy, failure, run } = useOutcome();
  const finish = () => {
    setOpen(false);
    after?.();
  };
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={title}
        description={text}
        actions={
          <>
            <DialogClose asChild>
              <Button variant="secondary">{cancel}</Button>
            </DialogClose>
            <Button variant="danger" name="confirm" busy={isBusy} onClick={() => run(work, done, finish)}>
              {confirm}
            </Button>
          </>
        }
      >
        <FormFailure failure={failure} />
      </DialogContent>
    </Dialog>
  );
}
