import { recordRefusal } from '#lib/audit/record-refusal.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { notKept } from '#lib/core/answer.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { writeCsv } from '#lib/core/table/csv.ts';
import { mostPicked } from '../policy.ts';
import { findOwnLink, listPicked } from './store.ts';

/** What was chosen and said behind one of the actor's links, as CSV: a file a line, under the names they came with. */
export async function exportPicks(actor: VendorActor, linkId: string): Promise<Result<Response>> {
  const { vendorId } = actor;
  const link = await findOwnLink(vendorId, linkId);
  if (!link) {
    await recordRefusal(actor, linkId, 'pick.export');
    return fail('notFound', `vendor ${vendorId} has no link ${linkId}`);
  }
  const rows = await listPicked(vendorId, linkId, mostPicked);
  async function* lines() {
    for (const { fileName, title, isPicked, comments } of rows) {
      const said = comments.map(({ name, words }) => (name ? `${name}: ${words}` : words)).join('\n');
      yield [fileName, title, isPicked ? 1 : 0, said];
    }
  }
  const table = { columns: ['file_name', 'title', 'chosen', 'comments'], rows: lines() };
  return succeed(
    new Response(writeCsv(table), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="selection.csv"',
        'cache-control': notKept,
        'x-content-type-options': 'nosniff',
      },
    }),
  );
}
