import { z } from 'zod';
import { accountOperation } from '#lib/auth/door/token-route.ts';
import { succeed } from '#lib/core/result.ts';
import { missingAgreements, photoTerms } from '#lib/files/photo/agree-to-photos.ts';
import { findQuota, findVendorQuota } from '#lib/quota/store.ts';
import { toQuotaView, toVendorQuotaView } from '#lib/quota/view.ts';
import { account } from '../shapes/account.ts';

export const accountOperations = [
  accountOperation({
    at: 'GET /account',
    id: 'getAccount',
    scope: 'account:read',
    input: z.object({}),
    limit: 'account.read',
    answer: { status: 200, json: account },
    handler: async ({ actor }) => {
      if (actor.kind === 'vendor') {
        const quota = toVendorQuotaView(await findVendorQuota(null, actor.vendorId));
        const { planName, periodEnd, freeRemaining: free, totalRemaining: pictures } = quota;
        const left = { free, conversions: null, pictures };
        return succeed({ id: actor.vendorId, kind: actor.kind, planName, periodEnd, left, photoTerms: null });
      }
      const quota = toQuotaView(await findQuota(null, actor.userId));
      const { planName, periodEnd, freeRemaining: free, totalRemaining: conversions } = quota;
      const { code, agreements } = photoTerms();
      const engines = agreements.map(({ engine: name, country }) => ({ name, country }));
      const agreed = (await missingAgreements(actor.userId)).length === 0;
      return succeed({
        id: actor.userId,
        kind: actor.kind,
        planName,
        periodEnd,
        left: { free, conversions, pictures: quota.imagesRemaining },
        photoTerms: { code, engines, agreed },
      });
    },
  }),
];
