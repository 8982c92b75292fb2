-- Conversions that have ended never change and are never deleted. So what was counted of an hour, once nothing of it is open, stays
-- counted: figures read these hours, and only what came since row by row.
CREATE TABLE conversion_hours (
    hour timestamptz NOT NULL,
    completed integer NOT NULL,
    failed integer NOT NULL,
    CONSTRAINT conversion_hours_pkey PRIMARY KEY (hour)
);
COMMENT ON TABLE conversion_hours IS 'How the conversions asked for in an hour ended, without a gap: behind the last hour everything is counted row by row.';

CREATE TABLE conversion_times (
    hour timestamptz NOT NULL,
    style_name text NOT NULL,
    engine text NOT NULL,
    outcome text NOT NULL,
    ms integer NOT NULL,
    n integer NOT NULL,
    CONSTRAINT conversion_times_pkey PRIMARY KEY (hour, style_name, engine, outcome, ms)
);
COMMENT ON TABLE conversion_times IS 'The same for eight days by style, engine and time taken, to two and a half percent; -1 for none.';

-- How a conversion ended, as figures tell it: what an engine did not fail at itself is refused.
CREATE FUNCTION conversion_outcome(p_status text, p_code text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN p_status = 'failed' AND p_code NOT IN ('engine', 'deadline', 'internal') THEN 'refused'
                WHEN p_status IN ('completed', 'failed') THEN p_status ELSE 'open' END
$$;

-- Counts the hours that are settled and were not counted yet, a month at most at a time. Called under the lock of roll_up_figures.
CREATE FUNCTION fold_conversions() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_from timestamptz;
    v_to timestamptz;
BEGIN
    SELECT coalesce((SELECT max(hour) + interval '1 hour' FROM conversion_hours),
                    (SELECT date_trunc('hour', min(created_at), 'UTC') FROM user_conversions)) INTO v_from;
    -- No transaction takes an hour: whatever was asked for before that is seen.
    SELECT date_trunc('hour', least(now() - interval '1 hour', v_from + interval '30 days', min(created_at)), 'UTC') INTO v_to
      FROM user_conversions WHERE status IN ('pending', 'processing');
    IF v_from IS NULL OR v_to <= v_from THEN
        RETURN;
    END IF;
    INSERT INTO conversion_times (hour, style_name, engine, outcome, ms, n)
    SELECT date_trunc('hour', created_at, 'UTC'), style_name, coalesce(engine, ''), conversion_outcome(status, failure_code),
           -- Steps of a twentieth of the leading digit.
           coalesce(round(processing_time_ms / s.step) * s.step, -1)::integer, count(*)
      FROM user_conversions
     CROSS JOIN LATERAL (SELECT greatest(1, 10 ^ (length(processing_time_ms::text) - 1) / 20) AS step) s
     WHERE created_at >= greatest(v_from, now() - interval '8 days') AND created_at < v_to
     GROUP BY 1, 2, 3, 4, 5;
    DELETE FROM conversion_times WHERE hour < now() - interval '8 days 1 hour';
    INSERT INTO conversion_hours (hour, completed, failed)
    SELECT h, coalesce(c.completed, 0), coalesce(c.failed, 0)
      FROM generate_series(v_from, v_to - interval '1 hour', interval '1 hour') h
      LEFT JOIN (SELECT date_trunc('hour', created_at, 'UTC') AS hour, count(*) FILTER (WHERE status = 'completed') AS completed,
                        count(*) FILTER (WHERE status = 'failed') AS failed
                   FROM user_conversions WHERE created_at >= v_from AND created_at < v_to GROUP BY 1) c ON c.hour = h;
END
$$;

-- All conversions by status, and those of the last day and thirty days: settled hours, what came since, and the piece of an hour in which
-- each window begins.
CREATE FUNCTION conversion_counts()
RETURNS TABLE (total bigint, pending bigint, processing bigint, completed bigint, failed bigint, last_24h bigint, last_30d bigint)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_edge timestamptz := coalesce((SELECT max(hour) + interval '1 hour' FROM conversion_hours), '-infinity');
    v_day timestamptz := now() - interval '24 hours';
    v_month timestamptz := now() - interval '30 days';
BEGIN
    RETURN QUERY
    SELECT (f.completed + f.failed + t.total)::bigint, t.pending, t.processing, (f.completed + t.completed)::bigint,
           (f.failed + t.failed)::bigint, (f.day + t.day + d.n)::bigint, (f.month + t.month + m.n)::bigint
      FROM (SELECT coalesce(sum(h.completed), 0) AS completed, coalesce(sum(h.failed), 0) AS failed,
                   coalesce(sum(h.completed + h.failed) FILTER (WHERE hour > v_day), 0) AS day,
                   coalesce(sum(h.completed + h.failed) FILTER (WHERE hour > v_month), 0) AS month
              FROM conversion_hours h) f,
           (SELECT count(*) AS total, count(*) FILTER (WHERE status = 'pending') AS pending,
                   count(*) FILTER (WHERE status = 'processing') AS processing,
                   count(*) FILTER (WHERE status = 'completed') AS completed, count(*) FILTER (WHERE status = 'failed') AS failed,
                   count(*) FILTER (WHERE created_at > v_day) AS day, count(*) FILTER (WHERE created_at > v_month) AS month
              FROM user_conversions WHERE created_at >= v_edge) t,
           (SELECT count(*) AS n FROM user_conversions
             WHERE created_at > v_day AND created_at < least(v_edge, date_trunc('hour', v_day, 'UTC') + interval '1 hour')) d,
           (SELECT count(*) AS n FROM user_conversions
             WHERE created_at > v_month AND created_at < least(v_edge, date_trunc('hour', v_month, 'UTC') + interval '1 hour')) m;
END
$$;

-- How styles (or engines) did over the last day and week. The percentiles are those of percentile_cont, of times in steps.
CREATE FUNCTION conversion_figures(p_by text)
RETURNS TABLE (days smallint, name text, total integer, completed integer, failed integer, refused integer, median_ms integer, p95_ms integer)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_edge timestamptz := coalesce((SELECT max(hour) + interval '1 hour' FROM conversion_hours), '-infinity');
BEGIN
    RETURN QUERY
    WITH windows AS (
        SELECT w.days, now() - make_interval(days => w.days) AS since,
               date_trunc('hour', now() - make_interval(days => w.days), 'UTC') + interval '1 hour' AS whole
          FROM (VALUES (1::smallint), (7::smallint)) w (days)
    ), times AS (
        SELECT w.days, t.style_name, t.engine, t.outcome, nullif(t.ms, -1) AS ms, t.n
          FROM windows w JOIN conversion_times t ON t.hour > w.since
        UNION ALL
        SELECT w.days, c.style_name, coalesce(c.engine, ''), conversion_outcome(c.status, c.failure_code), c.processing_time_ms, 1
          FROM windows w JOIN user_conversions c ON c.created_at > w.since AND c.created_at >= v_edge
        UNION ALL
        SELECT w.days, c.style_name, coalesce(c.engine, ''), conversion_outcome(c.status, c.failure_code), c.processing_time_ms, 1
          FROM windows w JOIN user_conversions c ON c.created_at > w.since AND c.created_at < least(v_edge, w.whole)
    ), named AS (
        SELECT t.days, CASE p_by WHEN 'engine' THEN t.engine ELSE t.style_name END AS name, t.outcome, t.ms, sum(t.n) AS n
          FROM times t GROUP BY 1, 2, 3, 4
    ), counts AS (
        SELECT c.days, c.name, sum(c.n) AS total, coalesce(sum(c.n) FILTER (WHERE c.outcome = 'completed'), 0) AS completed,
               coalesce(sum(c.n) FILTER (WHERE c.outcome = 'failed'), 0) AS failed,
               coalesce(sum(c.n) FILTER (WHERE c.outcome = 'refused'), 0) AS refused
          FROM named c GROUP BY c.days, c.name
    ), placed AS (
        SELECT p.days, p.name, p.ms, sum(p.n) OVER (PARTITION BY p.days, p.name ORDER BY p.ms) AS upto,
               sum(p.n) OVER (PARTITION BY p.days, p.name) - 1 AS last
          FROM named p WHERE p.outcome = 'completed' AND p.ms IS NOT NULL
    ), quantiles AS (
        SELECT q.days, q.name, s.share, s.share * q.last - floor(s.share * q.last) AS part,
               min(q.ms) FILTER (WHERE q.upto > floor(s.share * q.last)) AS below,
               min(q.ms) FILTER (WHERE q.upto > ceil(s.share * q.last)) AS above
          FROM placed q CROSS JOIN (VALUES (0.5), (0.95)) s (share) GROUP BY q.days, q.name, q.last, s.share
    )
    SELECT c.days, c.name, c.total::integer, c.completed::integer, c.failed::integer, c.refused::integer,
           (SELECT round(q.below + q.part * (q.above - q.below)) FROM quantiles q
             WHERE q.days = c.days AND q.name = c.name AND q.share = 0.5)::integer,
           (SELECT round(q.below + q.part * (q.above - q.below)) FROM quantiles q
             WHERE q.days = c.days AND q.name = c.name AND q.share = 0.95)::integer
      FROM counts c;
END
$$;

CREATE OR REPLACE FUNCTION get_system_stats()
 RETURNS TABLE(total_users bigint, active_users bigint, total_vendors bigint, active_vendors bigint, total_conversions bigint, pending_conversions bigint, processing_conversions bigint, completed_conversions bigint, failed_conversions bigint, total_images bigint, user_images bigint, vendor_images bigint, result_images bigint, total_albums bigint, total_payments bigint, pending_payments bigint, completed_payments bigint, failed_payments bigint, cancelled_payments bigint, expired_payments bigint, total_revenue bigint, storage_bytes bigint, conversions_last_24h bigint, conversions_last_30d bigint, revenue_last_24h bigint, revenue_last_30d bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
           conversion_counts() c,
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
$function$;

CREATE OR REPLACE FUNCTION roll_up_figures(p_min_age interval DEFAULT '00:05:00'::interval)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    v_today date := visit_day();
    v_from date;
    v_since timestamptz;
    v_begun timestamptz := clock_timestamp();
    v_took_ms integer;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('roll_up_figures', 0))
       OR EXISTS (SELECT 1 FROM system_snapshots WHERE rolled_at > v_begun - p_min_age) THEN
        RETURN false;
    END IF;
    SELECT greatest(coalesce(max(day) - 1, v_today - 90), v_today - 90) INTO v_from FROM daily_figures;
    v_since := v_from::timestamp AT TIME ZONE 'Asia/Tehran';

    INSERT INTO daily_figures AS f (day, new_users, new_vendors, conversions, completed, failed, payments, revenue)
    SELECT d.day, coalesce(u.n, 0), coalesce(v.n, 0), coalesce(c.n, 0), coalesce(c.completed, 0), coalesce(c.failed, 0),
           coalesce(p.n, 0), coalesce(p.amount, 0) - coalesce(r.amount, 0)
      FROM (SELECT v_from + n AS day FROM generate_series(0, v_today - v_from) n) d
      LEFT JOIN (SELECT (created_at AT TIME ZONE 'Asia/Tehran')::date AS day, count(*)::int AS n
                   FROM users WHERE created_at >= v_since GROUP BY 1) u USING (day)
      LEFT JOIN (SELECT (created_at AT TIME ZONE 'Asia/Tehran')::date AS day, count(*)::int AS n
                   FROM vendors WHERE created_at >= v_since GROUP BY 1) v USING (day)
      LEFT JOIN (SELECT (created_at AT TIME ZONE 'Asia/Tehran')::date AS day, count(*)::int AS n,
                        (count(*) FILTER (WHERE status = 'completed'))::int AS completed,
                        (count(*) FILTER (WHERE status = 'failed'))::int AS failed
                   FROM user_conversions WHERE created_at >= v_since GROUP BY 1) c USING (day)
      LEFT JOIN (SELECT (paid_at AT TIME ZONE 'Asia/Tehran')::date AS day, count(*)::int AS n, sum(amount)::bigint AS amount
                   FROM payments WHERE status = 'completed' AND paid_at >= v_since GROUP BY 1) p USING (day)
      LEFT JOIN (SELECT (created_at AT TIME ZONE 'Asia/Tehran')::date AS day, sum(amount)::bigint AS amount
                   FROM payment_refunds WHERE created_at >= v_since GROUP BY 1) r USING (day)
    ON CONFLICT (day) DO UPDATE SET new_users = EXCLUDED.new_users, new_vendors = EXCLUDED.new_vendors,
        conversions = EXCLUDED.conversions, completed = EXCLUDED.completed, failed = EXCLUDED.failed,
        payments = EXCLUDED.payments, revenue = EXCLUDED.revenue;

    -- The days above are those that can still change. What follows reads all accounts, pictures and payments: a hundred times as long as it takes is
    -- waited before it is done again, so that it takes a hundredth of one core, however many rows there are.
    UPDATE system_snapshots SET rolled_at = v_begun;
    IF p_min_age > interval '0' AND EXISTS (SELECT 1 FROM system_snapshots WHERE taken_at > v_begun - greatest(p_min_age, make_interval(secs => took_ms / 10.0))) THEN
        RETURN true;
    END IF;

    v_begun := clock_timestamp();
    PERFORM fold_conversions();
    DELETE FROM style_figures;
    INSERT INTO style_figures (days, style_name, total, completed, failed, median_ms, p95_ms)
    SELECT f.days, f.name, f.total, f.completed, f.failed + f.refused, f.median_ms, f.p95_ms FROM conversion_figures('style') f;

    INSERT INTO system_snapshots (figures, taken_at)
    SELECT to_jsonb(s), clock_timestamp() FROM get_system_stats() s
    ON CONFLICT (is_only) DO UPDATE SET figures = EXCLUDED.figures, taken_at = EXCLUDED.taken_at;
    v_took_ms := ceil(extract(epoch FROM clock_timestamp() - v_begun) * 1000);
    UPDATE system_snapshots SET took_ms = v_took_ms;
    RETURN true;
END
$function$;

CREATE OR REPLACE FUNCTION roll_up_engine_figures()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    DELETE FROM engine_figures;
    INSERT INTO engine_figures (days, engine, total, completed, failed, median_ms, p95_ms)
    SELECT f.days, f.name, f.total, f.completed, f.failed, f.median_ms, f.p95_ms FROM conversion_figures('engine') f WHERE f.name <> '';
END
$function$;
