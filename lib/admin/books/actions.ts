'use server';

import { adminAction } from '#lib/auth/door/door.ts';
import { setGateway as writeGateway } from '../gateway/set-gateway.ts';
import { gatewayInput, reportInput, termsInput } from '../input.ts';
import { actRoles } from '../policy.ts';
import { importReport as takeReport } from '../settlement/import-report.ts';
import { setTerms as writeTerms } from './set-terms.ts';

/** Says who sells and with what VAT, from when. */
export const setTerms = adminAction({
  roles: actRoles.terms,
  input: termsInput,
  handler: ({ actor, input }) => {
    const { startsOn, vatPercent, ...seller } = input;
    return writeTerms(actor, { startsAt: startsOn, vatRate: vatPercent, seller });
  },
});

/** Says when a gateway is asked, for which amounts, and whether it takes new payments. */
export const setGateway = adminAction({
  roles: actRoles.setGateway,
  input: gatewayInput,
  handler: ({ actor, input }) => {
    const { gateway, position, leastToman, mostToman, isOpen } = input;
    const terms = {
      position,
      isOpen,
      leastRials: BigInt(leastToman) * 10n,
      mostRials: BigInt(mostToman) * 10n,
    };
    return writeGateway(actor, gateway, terms);
  },
});

/** Takes a settlement report of a gateway in. */
export const importReport = adminAction({
  roles: actRoles.importReport,
  input: reportInput,
  handler: ({ actor, input }) => takeReport(actor, input),
});
