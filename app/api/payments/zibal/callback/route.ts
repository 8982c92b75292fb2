import { publicRoute } from '#lib/auth/door/route.ts';
import { returnFrom } from '#lib/payments/check/return-door.ts';

/** Where Zibal sends people back to: `?success=&status=&trackId=&orderId=`. */
export const GET = publicRoute(returnFrom('zibal'));
