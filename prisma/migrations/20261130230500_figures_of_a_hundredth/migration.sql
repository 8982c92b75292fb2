-- empty: system_snapshots
ALTER TABLE system_snapshots
    ADD COLUMN rolled_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN took_ms integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN system_snapshots.rolled_at IS 'When the figures of the days were last brought up to date.';
COMMENT ON COLUMN system_snapshots.took_ms IS 'How long what reads everything took: the figures of styles and these.';

CREATE OR REPLACE FUNCTION roll_up_figures(p_min_age interval DEFAULT '00:05:00'::interval)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
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

    -- The days above are those that can still change. What follows reads everything: a hundred times as long as it takes is
    -- waited before it is done again, so that it takes a hundredth of one core, however many rows there are.
    UPDATE system_snapshots SET rolled_at = v_begun;
    IF p_min_age > interval '0' AND EXISTS (SELECT 1 FROM system_snapshots WHERE taken_at > v_begun - greatest(p_min_age, make_interval(secs => took_ms / 10.0))) THEN
        RETURN true;
    END IF;

    v_begun := clock_timestamp();
    DELETE FROM style_figures;
    INSERT INTO style_figures (days, style_name, total, completed, failed, median_ms, p95_ms)
    SELECT w.days, c.style_name, count(*), count(*) FILTER (WHERE c.status = 'completed'),
           count(*) FILTER (WHERE c.status = 'failed'),
           round(percentile_cont(0.5) WITHIN GROUP (ORDER BY c.processing_time_ms) FILTER (WHERE c.status = 'completed')),
           round(percentile_cont(0.95) WITHIN GROUP (ORDER BY c.processing_time_ms) FILTER (WHERE c.status = 'completed'))
      FROM (VALUES (1::smallint), (7::smallint)) w (days)
      JOIN user_conversions c ON c.created_at > clock_timestamp() - make_interval(days => w.days)
     GROUP BY w.days, c.style_name;

    INSERT INTO system_snapshots (figures, taken_at)
    SELECT to_jsonb(s), clock_timestamp() FROM get_system_stats() s
    ON CONFLICT (is_only) DO UPDATE SET figures = EXCLUDED.figures, taken_at = EXCLUDED.taken_at;
    v_took_ms := ceil(extract(epoch FROM clock_timestamp() - v_begun) * 1000);
    UPDATE system_snapshots SET took_ms = v_took_ms;
    RETURN true;
END
$$;
