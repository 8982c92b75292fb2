import { userFromRequest, vendorFromRequest } from '#lib/auth/door/current.ts';
import { answerFailure } from '#lib/core/answer.ts';
import { toNationalPhone } from '#lib/core/phone.ts';
import { fail } from '#lib/core/result.ts';
import { makeReceipt } from '#lib/payments/receipt/make-receipt.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';

type Context = { params: Promise<{ id: string }> };

async function payerOf(request: Request, asVendor: boolean) {
  if (!asVendor) {
    const user = await userFromRequest(request);
    return user && { actor: user, account: `user|${user.userId}`, name: user.name, phone: user.phone };
  }
  const vendor = await vendorFromRequest(request);
  return (
    vendor && {
      actor: vendor,
      account: `vendor|${vendor.vendorId}`,
      name: vendor.businessName,
      phone: vendor.phone,
    }
  );
}

/** The receipt of one's own payment in PDF: Persian, or English with `?locale=en`; a vendor's with `?as=vendor`. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const payer = await payerOf(request, searchParams.get('as') === 'vendor');
  if (!payer) return answerFailure(fail('auth.required', 'no session'));
  const room = await checkLimit('payment.receipt', { account: payer.account });
  if (!room.ok) return answerFailure(room);
  const made = await makeReceipt(payer.actor, (await params).id, {
    locale: searchParams.get('locale') === 'en' ? 'en' : 'fa',
    // Without spaces: groups of digits would change places in a line that is written from right to left.
    payer: payer.name?.trim() || toNationalPhone(payer.phone).replaceAll(' ', ''),
  });
  if (!made.ok) return answerFailure(made);
  const { bytes, fileName } = made.value;
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'application/pdf',
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
