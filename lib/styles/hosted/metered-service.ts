import { countEngineCall } from '#lib/rate-limit/spending.ts';
import type { HostedService } from './hosted-service.ts';

/** The same service, each call of which is counted before it is made: one that answers nothing may cost all the same. */
export function meteredService(service: HostedService): HostedService {
  return {
    ...service,
    edit: async (request) => {
      await countEngineCall(request.attemptKey);
      return service.edit(request);
    },
  };
}
