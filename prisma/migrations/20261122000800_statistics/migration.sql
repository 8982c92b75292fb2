-- Figures of the whole system, counted when asked: a counter that every conversion updates would be the one
-- row all of them wait for. Deleted accounts are not counted. Revenue is in Rials, net of refunds.
CREATE FUNCTION get_system_stats()
RETURNS TABLE (
    total_users bigint, active_users bigint, total_vendors bigint, active_vendors bigint,
    total_conversions bigint, pending_conversions bigint, processing_conversions bigint,
    completed_conversions bigint, failed_conversions bigint,
    total_images bigint, user_images bigint, vendor_images bigint, result_images bigint,
    total_albums bigint,
    total_payments bigint, pending_payments bigint, completed_payments bigint, failed_payments bigint,
    cancelled_payments bigint, expired_payments bigint,
    total_revenue bigint, storage_bytes bigint,
    conversions_last_24h bigint, conversions_last_30d bigint, revenue_last_24h bigint, revenue_last_30d bigint
) LANGUAGE sql STABLE AS $$
    SELECT u.total, u.active, v.total, v.active,
           c.total, c.pending, c.processing, c.completed, c.failed,
           i.total, i.of_users, i.of_vendors, i.results,
           (SELECT count(*) FROM albums),
           p.total, p.pending, p.completed, p.failed, p.cancelled, p.expired,
           p.taken - r.given, i.bytes,
           c.last_24h, c.last_30d, p.taken_24h - r.given_24h, p.taken_30d - r.given_30d
      FROM (SELECT count(*) AS total, count(*) FILTER (WHERE is_active) AS active
              FROM users WHERE phone NOT LIKE 'deleted:%') u,
           (SELECT count(*) AS total, count(*) FILTER (WHERE is_active) AS active
              FROM vendors WHERE phone NOT LIKE 'deleted:%') v,
           (SELECT count(*) AS total,
                   count(*) FILTER (WHERE status = 'pending') AS pending,
                   count(*) FILTER (WHERE status = 'processing') AS processing,
                   count(*) FILTER (WHERE status = 'completed') AS completed,
                   count(*) FILTER (WHERE status = 'failed') AS failed,
                   count(*) FILTER (WHERE created_at > now() - INTERVAL '24 hours') AS last_24h,
                   count(*) FILTER (WHERE created_at > now() - INTERVAL '30 days') AS last_30d
              FROM user_conversions) c,
           (SELECT count(*) AS total,
                   count(*) FILTER (WHERE type = 'user') AS of_users,
                   count(*) FILTER (WHERE type = 'vendor') AS of_vendors,
                   count(*) FILTER (WHERE type = 'result') AS results,
                   coalesce(sum(file_size), 0)::bigint AS bytes
              FROM images) i,
           (SELECT count(*) AS total,
                   count(*) FILTER (WHERE status = 'pending') AS pending,
                   count(*) FILTER (WHERE status = 'completed') AS completed,
                   count(*) FILTER (WHERE status = 'failed') AS failed,
                   count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
                   count(*) FILTER (WHERE status = 'expired') AS expired,
                   coalesce(sum(amount) FILTER (WHERE status = 'completed'), 0)::bigint AS taken,
                   coalesce(sum(amount) FILTER (WHERE status = 'completed' AND paid_at > now() - INTERVAL '24 hours'), 0)::bigint AS taken_24h,
                   coalesce(sum(amount) FILTER (WHERE status = 'completed' AND paid_at > now() - INTERVAL '30 days'), 0)::bigint AS taken_30d
              FROM payments) p,
           (SELECT coalesce(sum(amount), 0)::bigint AS given,
                   coalesce(sum(amount) FILTER (WHERE created_at > now() - INTERVAL '24 hours'), 0)::bigint AS given_24h,
                   coalesce(sum(amount) FILTER (WHERE created_at > now() - INTERVAL '30 days'), 0)::bigint AS given_30d
              FROM payment_refunds WHERE state <> 'failed') r
$$;
