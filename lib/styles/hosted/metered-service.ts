import { countEngineCall, takeBackEngineCall } from '#lib/rate-limit/spending.ts';
import type { HostedService } from './hosted-service.ts';

/**
 * The same service, each call of which is counted at `priceRials` before it is made: one that answers nothing may cost all
 * the same. Only a call that was certainly not taken is taken back.
 */
export function meteredService(service: HostedService, priceRials: number): HostedService {
  return {
    ...service,
    edit: async (request) => {
      await countEngineCall(request.attemptKey, priceRials);
      const answer = await service.edit(request);
      if (!answer.ok && answer.isUntaken) await takeBackEngineCall(request.attemptKey, priceRials);
      return answer;
    },
  };
}
