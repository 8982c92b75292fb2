import { z } from 'zod';

/** The variables of taking payments; a part of `env.ts`. */

/** The gateways that there are, whether set up or not. */
export const gatewayNames = ['zarinpal', 'zibal'] as const;
export type GatewayName = (typeof gatewayNames)[number];

const address = z
  .string()
  .refine((one) => URL.canParse(one) && /^https?:$/.test(new URL(one).protocol))
  .optional();

export const paymentVariables = {
  PAYMENT_GATEWAYS: {
    schema: z
      .string()
      .default('zarinpal')
      .transform((list) => list.split(',').map((name) => name.trim()))
      .pipe(z.array(z.enum(gatewayNames)).refine((list) => new Set(list).size === list.length)),
    wrong: 'must be zarinpal, zibal or both, first choice first',
    example: 'zarinpal,zibal',
  },
  ZARINPAL_MERCHANT_ID: {
    schema: z.uuid().optional(),
    wrong: 'must be the 36-character merchant id',
    example: 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
  },
  ZARINPAL_BASE_URL: {
    schema: address,
    wrong: 'must be the base URL of the gateway',
    example: 'https://payment.zarinpal.com',
  },
  ZIBAL_MERCHANT: {
    schema: z
      .string()
      .regex(/^[0-9A-Za-z-]{4,64}$/)
      .optional(),
    wrong: 'must be the merchant key from Zibal’s panel',
    example: '5f0c…',
  },
  ZIBAL_BASE_URL: {
    schema: address,
    wrong: 'must be the base URL of the gateway',
    example: 'https://gateway.zibal.ir',
  },
} as const;

type Variables = {
  [Name in keyof typeof paymentVariables]: z.output<(typeof paymentVariables)[Name]['schema']>;
};

export type GatewaySettings = {
  readonly name: GatewayName;
  /** Our id there; undefined: it is simulated. */
  readonly merchant: string | undefined;
  readonly baseUrl: string | undefined;
  /** New payments may go there; one that is only set up is asked about what went there before. */
  readonly takesNew: boolean;
};

/** Which variable a gateway is set up by. */
export const merchantVariable: Readonly<Record<GatewayName, string>> = {
  zarinpal: 'ZARINPAL_MERCHANT_ID',
  zibal: 'ZIBAL_MERCHANT',
};

/** The merchant under which Zibal lets anybody try it: no money moves. */
export const zibalTrialMerchant = 'zibal';

/** The gateways of an installation: those of the order first, then others that are set up. */
export function paymentSettings(read: Variables): readonly GatewaySettings[] {
  const settings: Readonly<Record<GatewayName, Omit<GatewaySettings, 'name' | 'takesNew'>>> = {
    zarinpal: { merchant: read.ZARINPAL_MERCHANT_ID, baseUrl: read.ZARINPAL_BASE_URL },
    zibal: { merchant: read.ZIBAL_MERCHANT, baseUrl: read.ZIBAL_BASE_URL },
  };
  const order = read.PAYMENT_GATEWAYS;
  const others = gatewayNames.filter((name) => !order.includes(name) && settings[name].merchant);
  return [...order, ...others].map((name) => ({ name, ...settings[name], takesNew: order.includes(name) }));
}
