import { z } from 'zod';
import { accountRoute } from '#lib/auth/door/route.ts';
import { notKept } from '#lib/core/answer.ts';
import { toNationalPhone } from '#lib/core/phone.ts';
import { makeReceipt } from '#lib/payments/receipt/make-receipt.ts';

/** The receipt of one's own payment in PDF: Persian, or English with `?locale=en`; a vendor's with `?as=vendor`. */
export const GET = accountRoute({
  params: z.object({ id: z.uuid() }),
  query: z.object({ locale: z.enum(['fa', 'en']).catch('fa') }),
  limit: 'payment.receipt',
  handler: async ({ actor, params, query }) => {
    const name = actor.kind === 'user' ? actor.name : actor.businessName;
    const made = await makeReceipt(actor, params.id, {
      locale: query.locale,
      // Without spaces: groups of digits would change places in a line that is written from right to left.
      payer: name?.trim() || toNationalPhone(actor.phone).replaceAll(' ', ''),
    });
    if (!made.ok) return made;
    const { bytes, fileName } = made.value;
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': 'application/pdf',
        'content-length': String(bytes.length),
        'content-disposition': `attachment; filename="${fileName}"`,
        'cache-control': notKept,
        'x-content-type-options': 'nosniff',
      },
    });
  },
});
