import type { Env } from '#lib/core/env/env.ts';
import { sendEnvelope } from '#lib/core/report/envelope.ts';
import { amber, type Check, green, red } from './finding.ts';

/** Hands in an envelope that reports nothing: whether the server is there and takes the key. */
export async function checkReports({ errorReports }: Env): Promise<Check[]> {
  if (!errorReports) return [];
  const item = JSON.stringify({ timestamp: new Date().toISOString(), discarded_events: [] });
  const body = `{}\n${JSON.stringify({ type: 'client_report', length: item.length })}\n${item}\n`;
  const answer = await sendEnvelope(errorReports, body);
  if (!answer) return [red('the server of SENTRY_DSN does not answer', 'Look at its host and the way out.')];
  if (answer.status < 300) return [green('errors are reported')];
  if (answer.status === 401 || answer.status === 403)
    return [
      red(`the server of SENTRY_DSN refuses the key (${answer.status})`, 'Copy the DSN of the project anew.'),
    ];
  return [
    amber(`the server of SENTRY_DSN answers ${answer.status}`, 'Errors may be lost there; the log has them.'),
  ];
}
