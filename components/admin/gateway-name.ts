import { useTranslations } from 'next-intl';

/** What the gateway of a payment or a report is called; one that is not known is called as it is written. */
export function useGatewayName(): (gateway: string) => string {
  const t = useTranslations('admin.books.gateways');
  return (gateway) =>
    gateway === 'zarinpal' || gateway === 'zibal' || gateway === 'code' ? t(gateway) : gateway;
}
