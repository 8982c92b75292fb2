'use client';

import { type FormEvent, type RefObject, useCallback, useEffect, useEffectEvent } from 'react';
import { codeDigits } from '#lib/auth/policy.ts';
import { toAsciiDigits } from '#lib/core/phone.ts';

/**
 * Gives the field `code` of a form the focus, and goes on as soon as its last digit is there, also when it was typed
 * or filled in by the phone before the page ran. Answers with what the form calls when something was typed.
 */
export function useWholeCode(
  form: RefObject<HTMLFormElement | null>,
  focus: (name: 'code') => void,
  goOn: () => void,
): (event: FormEvent) => void {
  const onWhole = useEffectEvent(goOn);
  const look = useCallback(() => {
    const typed = new FormData(form.current ?? undefined).get('code');
    const isWhole =
      typeof typed === 'string' && toAsciiDigits(typed).replace(/\D/g, '').length === codeDigits;
    // After the form has taken the digit in.
    if (isWhole) setTimeout(() => onWhole(), 0);
  }, [form]);
  useEffect(() => {
    focus('code');
    look();
  }, [focus, look]);
  return (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === 'code') look();
  };
}
