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
  /** Leads to another page, and the dialog with it: closed before, it would go back in the history that the way adds to. */
  leave?: () => void;
};

/** Asks once before something that cannot be taken back; the safe answer comes first. Needs `auth` and `errors`. */
export function ConfirmDialog({ trigger, title, text, cancel, confirm, work, done, leave }: Props) {
  const [isOpen, setOpen] = useState(false);
  const { isBusy, failure, run } = useOutcome();
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
            <Button
              variant="danger"
              name="confirm"
              busy={isBusy}
              onClick={() => run(work, done, leave ?? (() => setOpen(false)))}
            >
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
