-- Which engine made a picture, how the engines do, and running something again at our own expense.

ALTER TABLE user_conversions ADD COLUMN engine TEXT
    CONSTRAINT chk_conversion_engine CHECK (engine ~ '^[a-z0-9][a-z0-9._-]{0,39}$');
-- At most one re-run of a conversion; also the foreign key's own SET NULL.
ALTER TABLE user_conversions ADD COLUMN rerun_of UUID REFERENCES user_conversions(id) ON DELETE SET NULL;
CREATE UNIQUE INDEX idx_conversions_rerun ON user_conversions (rerun_of) WHERE rerun_of IS NOT NULL;
COMMENT ON COLUMN user_conversions.rerun_of IS 'The failed conversion that an administrator had run again; this one is charged to nobody.';
COMMENT ON COLUMN user_conversions.engine IS 'Of the attempt that claimed it last; null while it waits.';

-- How each engine did over the last days.
CREATE TABLE engine_figures (
    days SMALLINT NOT NULL,
    engine TEXT NOT NULL,
    total INTEGER NOT NULL,
    completed INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    median_ms INTEGER,
    p95_ms INTEGER,
    PRIMARY KEY (days, engine),
    CONSTRAINT chk_engine_figures_days CHECK (days IN (1, 7)),
    CONSTRAINT chk_engine_figures CHECK (
        least(completed, failed) >= 0 AND completed + failed <= total AND (median_ms IS NULL OR median_ms <= p95_ms)
    )
);
COMMENT ON COLUMN engine_figures.failed IS 'By the engine''s own doing: a photo that was no good, or a person who cancelled, is not counted.';

-- Rolls up what the engines did; called with roll_up_figures, in its transaction and under its lock.
CREATE FUNCTION roll_up_engine_figures() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM engine_figures;
    INSERT INTO engine_figures (days, engine, total, completed, failed, median_ms, p95_ms)
    SELECT w.days, c.engine, count(*), count(*) FILTER (WHERE c.status = 'completed'),
           count(*) FILTER (WHERE c.status = 'failed' AND c.failure_code IN ('engine', 'deadline', 'internal')),
           round(percentile_cont(0.5) WITHIN GROUP (ORDER BY c.processing_time_ms) FILTER (WHERE c.status = 'completed')),
           round(percentile_cont(0.95) WITHIN GROUP (ORDER BY c.processing_time_ms) FILTER (WHERE c.status = 'completed'))
      FROM (VALUES (1::smallint), (7::smallint)) w (days)
      JOIN user_conversions c ON c.created_at > clock_timestamp() - make_interval(days => w.days)
     WHERE c.engine IS NOT NULL
     GROUP BY w.days, c.engine;
END
$$;
COMMENT ON FUNCTION roll_up_engine_figures() IS 'Figures of the engines over the last day and week.';

-- Asks again for what failed, in its owner's name and at nobody's expense: the new conversion is written with its charge
-- returned already, so no counter moves, whatever becomes of it. ST003 when it is not there or its photo or reference is
-- gone, ST004 when it has not failed or was run again before, ST002 when the account may not convert.
CREATE FUNCTION rerun_conversion(p_conversion_id uuid) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    v_failed user_conversions;
    v_id uuid;
BEGIN
    SELECT * INTO v_failed FROM user_conversions WHERE id = p_conversion_id AND deleted_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'conversion % does not exist', p_conversion_id USING ERRCODE = 'ST003';
    ELSIF v_failed.status <> 'failed' THEN
        RAISE EXCEPTION 'conversion % has not failed', p_conversion_id USING ERRCODE = 'ST004';
    ELSIF v_failed.source_image_id IS NULL OR v_failed.style_name = 'reference' AND v_failed.style_image_id IS NULL THEN
        RAISE EXCEPTION 'what conversion % was made of is gone', p_conversion_id USING ERRCODE = 'ST003';
    END IF;
    PERFORM lock_active_user(v_failed.user_id);
    IF EXISTS (SELECT 1 FROM user_conversions WHERE rerun_of = p_conversion_id) THEN
        RAISE EXCEPTION 'conversion % was run again before', p_conversion_id USING ERRCODE = 'ST004';
    END IF;
    PERFORM check_conversion_images(v_failed.user_id, v_failed.source_image_id, v_failed.style_image_id);
    INSERT INTO user_conversions
        (user_id, conversion_type, input_file_url, style_name, source_image_id, style_image_id, charge_returned_at, rerun_of)
    VALUES
        (v_failed.user_id, 'free', v_failed.input_file_url, v_failed.style_name, v_failed.source_image_id,
         v_failed.style_image_id, clock_timestamp(), p_conversion_id)
    RETURNING id INTO v_id;
    RETURN v_id;
END
$$;
COMMENT ON FUNCTION rerun_conversion(uuid) IS 'A failed conversion once more, at nobody''s expense.';
