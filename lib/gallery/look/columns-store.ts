import { Prisma } from '#prisma/generated/client.ts';

/** Of a conversion: its {@link LookCredit}, from the view that says what may be said; null for a preset. */
export const creditOf = (conversionId: Prisma.Sql) => Prisma.sql`
  (SELECT jsonb_build_object('kind', k.kind, 'shades', k.shades,
     'picture', CASE WHEN k.picture_id IS NOT NULL THEN jsonb_build_object('id', k.picture_id, 'title', k.title) END,
     'shop', CASE WHEN k.handle IS NOT NULL THEN jsonb_build_object('handle', k.handle, 'name', k.business_name) END)
   FROM look_credits k WHERE k.conversion_id = ${conversionId})`;
