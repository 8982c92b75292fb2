/**
 * What must always hold in the accounts, each as a query that finds the rows where it does not. No rows: it
 * holds. They read everything, so they are for tests, for a nightly check and for a page of figures.
 */
export type Invariant = { readonly key: InvariantKey; readonly name: string; readonly violations: string };

/** What each is called where it is shown: its sentence stands in `messages/`. */
export type InvariantKey =
  | 'freeConversions'
  | 'periodConversions'
  | 'periodImages'
  | 'freeImages'
  | 'albumCounts'
  | 'paymentPeriods'
  | 'periodOverlap'
  | 'conversionCharge'
  | 'refunds'
  | 'credits'
  | 'coupons'
  | 'gifts'
  | 'circulars'
  | 'invoices'
  | 'filesPresent';

export const invariants: readonly Invariant[] = [
  {
    key: 'freeConversions',
    name: 'free conversions charged and not returned, with what remains, are the two of an account and its grants',
    violations: `
      SELECT u.id, u.free_quota_remaining, c.charged, g.granted
        FROM users u
        LEFT JOIN LATERAL (
          SELECT count(*) AS charged FROM user_conversions
           WHERE user_id = u.id AND conversion_type = 'free' AND charge_returned_at IS NULL
        ) c ON true
        LEFT JOIN LATERAL (
          SELECT coalesce(sum(amount), 0) AS granted FROM quota_grants WHERE user_id = u.id
        ) g ON true
       WHERE c.charged + u.free_quota_remaining <> 2 + g.granted`,
  },
  {
    key: 'periodConversions',
    name: 'the conversions used in a period are those charged to it and not returned, and within its limit',
    violations: `
      SELECT p.id, p.conversions_used, p.conversions_limit, c.charged
        FROM subscription_periods p
        LEFT JOIN LATERAL (
          SELECT count(*) AS charged FROM user_conversions
           WHERE period_id = p.id AND conversion_type = 'paid' AND charge_returned_at IS NULL
        ) c ON true
       WHERE p.conversions_used <> c.charged OR p.conversions_used NOT BETWEEN 0 AND p.conversions_limit`,
  },
  {
    // Images that were purged since are counted still, so there may be fewer rows than were used.
    key: 'periodImages',
    name: 'the images used in a period are no fewer than its images, and within its limit',
    violations: `
      SELECT p.id, p.images_used, p.images_limit, i.charged
        FROM subscription_periods p
        LEFT JOIN LATERAL (SELECT count(*) AS charged FROM images WHERE period_id = p.id) i ON true
       WHERE p.images_used < i.charged OR p.images_used NOT BETWEEN 0 AND p.images_limit`,
  },
  {
    key: 'freeImages',
    name: 'free gallery images not purged, with what remains, are the ten of a vendor and its grants',
    violations: `
      SELECT v.id, v.free_gallery_remaining, i.charged, g.granted
        FROM vendors v
        LEFT JOIN LATERAL (
          SELECT count(*) AS charged FROM images WHERE vendor_id = v.id AND quota_pool = 'free'
        ) i ON true
        LEFT JOIN LATERAL (
          SELECT coalesce(sum(amount), 0) AS granted FROM quota_grants WHERE vendor_id = v.id
        ) g ON true
       WHERE i.charged + v.free_gallery_remaining <> 10 + g.granted`,
  },
  {
    key: 'albumCounts',
    name: 'the image count of an album is the number of its images',
    violations: `
      SELECT a.id, a.image_count, i.held
        FROM albums a
        LEFT JOIN LATERAL (SELECT count(*) AS held FROM album_images WHERE album_id = a.id) i ON true
       WHERE a.image_count <> i.held`,
  },
  {
    key: 'paymentPeriods',
    name: 'a completed payment has exactly one period, of its owner and plan, and no other payment has one',
    violations: `
      SELECT y.id, y.status, count(p.id) AS periods
        FROM payments y
        LEFT JOIN subscription_periods p ON p.payment_id = y.id
       GROUP BY y.id
      HAVING count(p.id) <> CASE WHEN y.status = 'completed' THEN 1 ELSE 0 END
          OR bool_or(coalesce(p.user_id, p.vendor_id) <> coalesce(y.user_id, y.vendor_id) OR p.plan_id <> y.plan_id)`,
  },
  {
    key: 'periodOverlap',
    name: 'no two periods of one owner overlap',
    violations: `
      SELECT a.id, b.id AS other
        FROM subscription_periods a
        JOIN subscription_periods b
          ON coalesce(a.user_id, a.vendor_id) = coalesce(b.user_id, b.vendor_id) AND a.id < b.id
         AND tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)`,
  },
  {
    key: 'conversionCharge',
    name: 'a conversion is completed with its charge, or failed with its charge returned',
    violations: `
      SELECT id, status FROM user_conversions
       WHERE status = 'failed' AND charge_returned_at IS NULL`,
  },
  {
    key: 'refunds',
    name: 'refunds are of completed payments, their parts together never more than was paid, and what went back whole has ended',
    violations: `
      SELECT y.id, y.amount, sum(r.amount) AS given, count(*) FILTER (WHERE r.ends_purchase) AS ends
        FROM payment_refunds r JOIN payments y ON y.id = r.payment_id
       GROUP BY y.id
      HAVING y.status <> 'completed' OR sum(r.amount) > y.amount
          OR count(*) FILTER (WHERE r.ends_purchase) > 1
          OR sum(r.amount) = y.amount AND NOT bool_or(r.ends_purchase)`,
  },
  {
    key: 'credits',
    name: 'the rest of a month is taken off one price only, is not given back beside it, and goes on when that is given back',
    violations: `
      SELECT s.id, x.id AS other,
             CASE WHEN s.replaced_by IS DISTINCT FROM x.id THEN 'spent twice' ELSE 'given back and spent' END AS what
        FROM payments x
        JOIN subscription_periods n ON n.payment_id = x.id
        JOIN subscription_periods s ON s.id = x.replaces_period_id
       WHERE x.status = 'completed' AND x.credit > 0
         AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = x.id AND r.ends_purchase)
         AND (s.replaced_by IS DISTINCT FROM x.id OR EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = s.payment_id AND r.ends_purchase))
         AND (n.conversions_limit > ceil(x.conversions_limit::numeric * x.amount / (x.amount + x.credit))
              OR n.images_limit > ceil(x.images_limit::numeric * x.amount / (x.amount + x.credit)))
      UNION ALL
      SELECT s.id, r.payment_id, 'lost'
        FROM subscription_periods s
        JOIN payment_refunds r ON r.payment_id = s.replaced_by AND r.ends_purchase
       WHERE whole_end(s) > r.created_at
         AND NOT EXISTS (SELECT 1 FROM payment_refunds o WHERE o.payment_id = s.payment_id AND o.ends_purchase)`,
  },
  {
    key: 'coupons',
    name: 'a code was used as often as its uses say and no more than its limit, each for money that may come or has come',
    violations: `
      SELECT c.id, c.used, u.counted, u.dead, u.wrong
        FROM coupons c
        LEFT JOIN LATERAL (
          SELECT count(*) FILTER (WHERE o.given_back_at IS NULL AND NOT o.is_over) AS counted,
                 count(*) FILTER (WHERE o.given_back_at IS NULL AND (y.status IN ('failed', 'cancelled', 'expired')
                                   OR EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = y.id AND r.ends_purchase))) AS dead,
                 count(*) FILTER (WHERE o.given_back_at IS NOT NULL AND y.status IN ('pending', 'completed')
                                   AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = y.id AND r.ends_purchase)
                                   OR y.id IS NOT NULL AND y.coupon_id IS DISTINCT FROM c.id) AS wrong
            FROM coupon_uses o LEFT JOIN payments y ON y.id = o.payment_id
           WHERE o.code_id = c.id
        ) u ON true
       WHERE c.used <> u.counted OR c.used > c.use_limit OR u.dead > 0 OR u.wrong > 0`,
  },
  {
    key: 'gifts',
    name: 'each use of a gift code has one grant of what it gives, and a batch has as many codes as it says',
    violations: `
      SELECT o.id, c.code, g.amount, c.value
        FROM coupon_uses o JOIN coupons c ON c.id = o.code_id LEFT JOIN quota_grants g ON g.id = o.grant_id
       WHERE c.kind = 'gift' AND g.amount IS DISTINCT FROM c.value
      UNION ALL
      SELECT b.id, b.name, count(c.id), b.size
        FROM coupon_batches b LEFT JOIN coupons c ON c.batch_id = b.id
       GROUP BY b.id HAVING count(c.id) <> b.size`,
  },
  {
    // Notices are forgotten after half a year, and go with their accounts, so there may be fewer than were told.
    key: 'circulars',
    name: 'a notice to many was told to each account once, and to no more than it says',
    violations: `
      SELECT c.id, c.told, n.told AS found, n.most
        FROM (SELECT circular, sum(of_one) AS told, max(of_one) AS most FROM (
          SELECT data ->> 'circular' AS circular, count(*) AS of_one FROM notifications
           WHERE kind = 'operator.tell' GROUP BY 1, user_id, vendor_id) x GROUP BY 1) n
        JOIN circulars c ON c.id::text = n.circular
       WHERE n.most > 1 OR n.told > c.told`,
  },
  {
    key: 'invoices',
    name: 'invoices are numbered from one on without a gap, each says what was paid, and what was given back has its correction',
    violations: `
      SELECT n.last, c.counted, c.highest, 'gap' AS what
        FROM invoice_numbers n, (SELECT count(*) AS counted, coalesce(max(number), 0) AS highest FROM invoices) c
       WHERE n.last <> c.counted OR n.last <> c.highest
      UNION ALL
      SELECT i.number, y.amount, i.amount, 'amount'
        FROM invoices i JOIN payments y ON y.id = i.payment_id
       WHERE i.kind = 'sale' AND ((i.amount, i.vat, i.vat_rate) IS DISTINCT FROM (y.amount, y.vat, y.vat_rate)
              OR ARRAY(SELECT r.amount FROM payment_refunds r WHERE r.payment_id = y.id ORDER BY 1)
                 <> ARRAY(SELECT c.amount FROM invoices c WHERE c.corrects = i.number ORDER BY 1)
              OR given_back(y.id) = y.amount AND i.vat <> (SELECT sum(c.vat) FROM invoices c WHERE c.corrects = i.number))`,
  },
  {
    // The worker looks at the files themselves, a few hundred every ten seconds, and writes down which are not there.
    key: 'filesPresent',
    name: 'the files of every picture are there, or its loss was settled with its owner',
    violations: `
      SELECT f.id, f.image_id, f.missing_at FROM stored_files f
       WHERE f.missing_at IS NOT NULL AND f.lost_at IS NULL`,
  },
];
