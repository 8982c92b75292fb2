import { publicRoute } from '#lib/auth/door/route.ts';
import { returnFrom } from '#lib/payments/check/return-door.ts';

/** Where ZarinPal sends people back to: `?Authority=&Status=`. */
export const GET = publicRoute(returnFrom('zarinpal'));
