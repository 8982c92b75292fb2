import { useLocale } from 'next-intl';
import { showPhone } from '#lib/core/phone.ts';

/** A mobile number, left to right in every language. */
export function PhoneNumber({ phone }: { phone: string }) {
  const locale = useLocale();
  return (
    <bdi dir="ltr" className="whitespace-nowrap">
      {showPhone(phone, locale)}
    </bdi>
  );
}
