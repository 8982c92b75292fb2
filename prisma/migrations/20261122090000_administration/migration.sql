-- What administrators look at: figures that a worker rolls up, so that no page counts whole tables, and indexes for
-- what they search and list.

-- Figures ----------------------------------------------------------------------------------------------------------

-- What happened on a day in Tehran. Today's and yesterday's rows are written anew until the day after is over.
CREATE TABLE daily_figures (
    day DATE PRIMARY KEY,
    new_users INTEGER NOT NULL DEFAULT 0,
    new_vendors INTEGER NOT NULL DEFAULT 0,
    conversions INTEGER NOT NULL DEFAULT 0,
    completed INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    payments INTEGER NOT NULL DEFAULT 0,
    revenue BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT chk_daily_figures CHECK (
        least(new_users, new_vendors, conversions, completed, failed, payments) >= 0
        AND completed + failed <= conversions
    )
);
COMMENT ON TABLE daily_figures IS 'Rolled up by the worker; accounts, conversions and payments of a day in Tehran.';
COMMENT ON COLUMN daily_figures.completed IS 'Of the conversions that were asked for on this day.';
COMMENT ON COLUMN daily_figures.revenue IS 'Rials paid on this day less those given back on it; may be negative.';

-- How each style did over the last days.
CREATE TABLE style_figures (
    days SMALLINT NOT NULL,
    style_name TEXT NOT NULL,
    total INTEGER NOT NULL,
    completed INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    median_ms INTEGER,
    p95_ms INTEGER,
    PRIMARY KEY (days, style_name),
    CONSTRAINT chk_style_figures_days CHECK (days IN (1, 7)),
    CONSTRAINT chk_style_figures CHECK (
        least(completed, failed) >= 0 AND completed + failed <= total AND (median_ms IS NULL OR median_ms <= p95_ms)
    )
);
COMMENT ON COLUMN style_figures.median_ms IS 'Of the engine''s own time, over what was completed.';

-- The last answer of get_system_stats, which counts whole tables.
CREATE TABLE system_snapshots (
    is_only BOOLEAN PRIMARY KEY DEFAULT true,
    figures JSONB NOT NULL,
    taken_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    CONSTRAINT chk_system_snapshot_only CHECK (is_only)
);

-- Rolls up what has happened since it was last run, at most 90 days back. Answers with false when somebody else is at
-- it or has just done it.
CREATE FUNCTION roll_up_figures(p_min_age interval DEFAULT '5 minutes') RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    v_today date := visit_day();
    v_from date;
    v_since timestamptz;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('roll_up_figures', 0))
       OR EXISTS (SELECT 1 FROM system_snapshots WHERE taken_at > clock_timestamp() - p_min_age) THEN
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
    RETURN true;
END
$$;
COMMENT ON FUNCTION roll_up_figures(interval) IS 'Daily figures, figures of the styles and the snapshot of get_system_stats.';

-- Lists and searches ------------------------------------------------------------------------------------------------

-- What was given back on a day.
CREATE INDEX idx_refunds_created ON payment_refunds (created_at);
-- Searching people by a part of their name, and vendors, suspended ones too.
CREATE INDEX idx_users_name_search ON users USING gin (normalize_search(name) gin_trgm_ops) WHERE name IS NOT NULL;
CREATE INDEX idx_vendors_name_search ON vendors USING gin (normalize_search(business_name || ' ' || handle) gin_trgm_ops);
-- What administrators did, newest first.
CREATE INDEX idx_audit_admin ON audit_logs (created_at DESC, id DESC) WHERE actor_type = 'admin';
