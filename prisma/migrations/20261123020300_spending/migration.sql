-- What hosted engines and text messages cost in a day of Tehran, and who is paused when it is enough. Prices and limits are
-- the environment's, in Rials; what was spent stands here, counted exactly by one conditional UPDATE.

CREATE TABLE daily_spending (
    day DATE NOT NULL,
    purpose TEXT NOT NULL CONSTRAINT chk_spending_purpose CHECK (purpose IN ('engine', 'sms')),
    calls INTEGER NOT NULL DEFAULT 0,
    rials BIGINT NOT NULL DEFAULT 0,
    warned_at TIMESTAMPTZ,
    paused_at TIMESTAMPTZ,
    PRIMARY KEY (day, purpose),
    CONSTRAINT chk_spending CHECK (calls >= 0 AND rials >= 0)
);
COMMENT ON COLUMN daily_spending.rials IS 'What was called for, and what was admitted and will be.';
COMMENT ON COLUMN daily_spending.warned_at IS 'When four fifths of the limit were reached; administrators were told then.';
COMMENT ON COLUMN daily_spending.paused_at IS 'When the limit was reached and those who do not pay were paused.';

-- What was admitted for a conversion. Without a foreign key: conversions are never deleted but with their account, and what was
-- spent stays spent.
CREATE TABLE engine_spendings (
    conversion_id UUID PRIMARY KEY,
    day DATE NOT NULL,
    rials BIGINT NOT NULL CONSTRAINT chk_engine_spending CHECK (rials >= 0),
    calls INTEGER NOT NULL DEFAULT 0 CONSTRAINT chk_engine_calls CHECK (calls >= 0)
);
COMMENT ON COLUMN engine_spendings.calls IS 'How often the engine was really called; the first is what was admitted.';

-- Adds to a day and tells administrators once of each level. Nothing is refused here.
CREATE FUNCTION add_spending(p_day date, p_purpose text, p_calls integer, p_rials bigint, p_limit bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_row daily_spending;
    v_level text;
BEGIN
    INSERT INTO daily_spending (day, purpose, calls, rials) VALUES (p_day, p_purpose, p_calls, p_rials)
    ON CONFLICT (day, purpose) DO UPDATE
        SET calls = daily_spending.calls + EXCLUDED.calls, rials = daily_spending.rials + EXCLUDED.rials
    RETURNING * INTO v_row;
    IF p_limit IS NULL THEN
        RETURN;
    ELSIF v_row.rials >= p_limit AND v_row.paused_at IS NULL THEN
        v_level := 'spending.pause';
    ELSIF v_row.rials * 5 >= p_limit * 4 AND v_row.warned_at IS NULL THEN
        v_level := 'spending.warn';
    ELSE
        RETURN;
    END IF;
    UPDATE daily_spending
       SET warned_at = coalesce(warned_at, clock_timestamp()),
           paused_at = CASE WHEN v_level = 'spending.pause' THEN clock_timestamp() END
     WHERE day = p_day AND purpose = p_purpose;
    INSERT INTO notifications (user_id, kind, data)
    SELECT user_id, v_level, jsonb_build_object('purpose', p_purpose) FROM admin_grants;
END
$$;
COMMENT ON FUNCTION add_spending(date, text, integer, bigint, bigint) IS 'Counts what was spent on a day; p_limit is where those who do not pay are paused.';

-- Admits so much if it fits under p_ceiling, and counts it. Exact under any concurrency: whoever comes second waits for the
-- day's row. p_limit as above; the ceiling of those who pay lies higher.
CREATE FUNCTION admit_spending(p_purpose text, p_calls integer, p_rials bigint, p_limit bigint, p_ceiling bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    v_day date := visit_day();
    v_rials bigint;
BEGIN
    INSERT INTO daily_spending (day, purpose) VALUES (v_day, p_purpose) ON CONFLICT DO NOTHING;
    SELECT rials INTO v_rials FROM daily_spending WHERE day = v_day AND purpose = p_purpose FOR UPDATE;
    IF p_ceiling IS NOT NULL AND v_rials + p_rials > p_ceiling THEN
        RETURN false;
    END IF;
    PERFORM add_spending(v_day, p_purpose, p_calls, p_rials, p_limit);
    RETURN true;
END
$$;
COMMENT ON FUNCTION admit_spending(text, integer, bigint, bigint, bigint) IS 'True, and counted, when it fits into the day.';

-- The same for the hosted engine and new conversions: one call each. Those of a plan have the higher ceiling; all or none.
CREATE FUNCTION admit_conversions(p_ids uuid[], p_price bigint, p_limit bigint, p_paid_limit bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    v_count integer := cardinality(p_ids);
    v_is_paid boolean;
BEGIN
    SELECT bool_and(conversion_type = 'paid') INTO v_is_paid FROM user_conversions WHERE id = ANY (p_ids);
    IF NOT admit_spending('engine', v_count, p_price * v_count, p_limit, CASE WHEN v_is_paid THEN p_paid_limit ELSE p_limit END) THEN
        RETURN false;
    END IF;
    INSERT INTO engine_spendings (conversion_id, day, rials) SELECT unnest(p_ids), visit_day(), p_price;
    RETURN true;
END
$$;
COMMENT ON FUNCTION admit_conversions(uuid[], bigint, bigint, bigint) IS 'Whether the hosted engine may be asked for these today.';

-- A call that is about to be made. The first of a conversion was admitted with it; whatever comes on top is added.
CREATE FUNCTION count_engine_call(p_conversion_id uuid, p_price bigint, p_limit bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_calls integer;
BEGIN
    UPDATE engine_spendings SET calls = calls + 1 WHERE conversion_id = p_conversion_id RETURNING calls INTO v_calls;
    IF v_calls IS NULL OR v_calls > 1 THEN
        PERFORM add_spending(visit_day(), 'engine', 1, p_price, p_limit);
    END IF;
END
$$;
COMMENT ON FUNCTION count_engine_call(uuid, bigint, bigint) IS 'Counts one call of the hosted engine.';

-- What failed before anybody was called cost nothing: its room goes to others.
CREATE FUNCTION return_spending() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_back engine_spendings;
BEGIN
    DELETE FROM engine_spendings WHERE conversion_id = NEW.id AND calls = 0 RETURNING * INTO v_back;
    IF FOUND THEN
        UPDATE daily_spending SET calls = calls - 1, rials = rials - v_back.rials WHERE day = v_back.day AND purpose = 'engine';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_user_conversions_return_spending AFTER UPDATE OF status ON user_conversions FOR EACH ROW
    WHEN (NEW.status = 'failed' AND OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION return_spending();
