-- What a day costs is counted in sixteen parts beside its row, so that those who spend do not wait for each other's commit.
-- A part may go up to what it was given by itself; all parts together can then reach no threshold of the day: no warning, no
-- pause, no ceiling. Whoever needs more takes all parts at once, adds them to the day's row, decides, and gives out
-- again what is left. So the ceilings stay exact: nothing above them is admitted, and nothing below is refused.
CREATE TABLE spending_parts (
    day date NOT NULL,
    purpose text NOT NULL,
    part smallint NOT NULL,
    calls integer NOT NULL DEFAULT 0,
    rials bigint NOT NULL DEFAULT 0,
    allowed bigint NOT NULL DEFAULT 0,
    bound bigint NOT NULL DEFAULT 0,
    for_limit bigint,
    CONSTRAINT spending_parts_pkey PRIMARY KEY (day, purpose, part),
    CONSTRAINT spending_parts_day_fkey FOREIGN KEY (day, purpose) REFERENCES daily_spending (day, purpose) ON DELETE CASCADE,
    CONSTRAINT chk_spending_part CHECK (part BETWEEN 0 AND 15),
    CONSTRAINT chk_spending_part_allowed CHECK (allowed >= 0)
) WITH (fillfactor = 25);
COMMENT ON TABLE spending_parts IS 'What was spent on a day since its parts were last added to its row in daily_spending.';
COMMENT ON COLUMN spending_parts.rials IS 'Below zero when more came back through this part than went out by it.';
COMMENT ON COLUMN spending_parts.allowed IS 'How far it may go without asking the others.';
COMMENT ON COLUMN spending_parts.bound IS 'What the whole day cannot go beyond as long as every part keeps to what it is allowed.';
COMMENT ON COLUMN spending_parts.for_limit IS 'The limit of the day by which it was given out.';

CREATE VIEW spent_days AS
    SELECT d.day, d.purpose, greatest(0, d.calls + p.calls)::integer AS calls, greatest(0, d.rials + p.rials)::bigint AS rials,
           d.warned_at, d.paused_at
      FROM daily_spending d
     CROSS JOIN LATERAL (
         SELECT coalesce(sum(s.calls), 0) AS calls, coalesce(sum(s.rials), 0) AS rials
           FROM spending_parts s WHERE s.day = d.day AND s.purpose = d.purpose
     ) p;
COMMENT ON VIEW spent_days IS 'What each day cost: its row and its parts.';

CREATE FUNCTION own_spending_part() RETURNS smallint
    LANGUAGE sql STABLE AS $$ SELECT (pg_backend_pid() % 16)::smallint $$;

-- Decides with all parts held; `p_ceiling` NULL counts whatever it is. Answers whether it was admitted.
CREATE FUNCTION settle_spending(p_day date, p_purpose text, p_calls integer, p_rials bigint, p_limit bigint, p_ceiling bigint)
    RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    v_day daily_spending;
    v_calls integer;
    v_rials bigint;
    v_level text;
    v_bound bigint;
BEGIN
    INSERT INTO daily_spending (day, purpose) VALUES (p_day, p_purpose) ON CONFLICT DO NOTHING;
    SELECT * INTO v_day FROM daily_spending WHERE day = p_day AND purpose = p_purpose FOR UPDATE;
    INSERT INTO spending_parts (day, purpose, part)
    SELECT p_day, p_purpose, n FROM generate_series(0, 15) n ON CONFLICT DO NOTHING;
    PERFORM 1 FROM spending_parts WHERE day = p_day AND purpose = p_purpose ORDER BY part FOR UPDATE;
    SELECT greatest(0, v_day.calls + sum(calls)), greatest(0, v_day.rials + sum(rials)) INTO v_calls, v_rials
      FROM spending_parts WHERE day = p_day AND purpose = p_purpose;
    IF v_rials + p_rials > p_ceiling THEN
        RETURN false;
    END IF;
    v_calls := v_calls + p_calls;
    v_rials := v_rials + p_rials;
    IF v_rials >= p_limit AND v_day.paused_at IS NULL THEN
        v_level := 'spending.pause';
    ELSIF v_rials * 5 >= p_limit * 4 AND v_day.warned_at IS NULL THEN
        v_level := 'spending.warn';
    END IF;
    -- The next thing that all have to be asked for; a limit is reached by the last Rial before it, a ceiling is not.
    SELECT coalesce(min(b), v_rials + (1::bigint << 50)) INTO v_bound
      FROM (VALUES ((p_limit * 4 + 4) / 5 - 1), (p_limit - 1), (p_ceiling)) next (b) WHERE b >= v_rials;
    UPDATE daily_spending
       SET calls = v_calls, rials = v_rials,
           warned_at = CASE WHEN v_level IS NULL THEN warned_at ELSE coalesce(warned_at, clock_timestamp()) END,
           paused_at = CASE WHEN v_level = 'spending.pause' THEN clock_timestamp() ELSE paused_at END
     WHERE day = p_day AND purpose = p_purpose;
    UPDATE spending_parts
       SET calls = 0, rials = 0, allowed = (v_bound - v_rials) / 16, bound = v_bound, for_limit = p_limit
     WHERE day = p_day AND purpose = p_purpose;
    IF v_level IS NOT NULL THEN
        INSERT INTO notifications (user_id, kind, data)
        SELECT user_id, v_level, jsonb_build_object('purpose', p_purpose) FROM admin_grants;
    END IF;
    RETURN true;
END
$$;

-- In this connection's part if that is enough; it alone is held until the transaction ends. A row that was waited for and
-- then does not do stays locked, and whoever holds all the others would wait for it: it is let go before anybody is asked.
CREATE FUNCTION spend_in_part(p_day date, p_purpose text, p_calls integer, p_rials bigint, p_limit bigint, p_ceiling bigint)
    RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    UPDATE spending_parts SET calls = calls + p_calls, rials = rials + p_rials
     WHERE day = p_day AND purpose = p_purpose AND part = own_spending_part()
       AND rials + p_rials <= allowed AND for_limit IS NOT DISTINCT FROM p_limit
       AND (p_ceiling IS NULL OR bound <= p_ceiling);
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'ST101';
    END IF;
    RETURN true;
EXCEPTION WHEN SQLSTATE 'ST101' THEN
    RETURN false;
END
$$;

-- Replaces what locked the one row of the day.
CREATE OR REPLACE FUNCTION admit_spending(p_purpose text, p_calls integer, p_rials bigint, p_limit bigint, p_ceiling bigint)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
DECLARE
    v_day date := visit_day();
BEGIN
    IF spend_in_part(v_day, p_purpose, p_calls, p_rials, p_limit, p_ceiling) THEN
        RETURN true;
    END IF;
    -- What is written already does not fit: nobody has to wait in order to hear that.
    IF EXISTS (SELECT 1 FROM spent_days WHERE day = v_day AND purpose = p_purpose AND rials + p_rials > p_ceiling) THEN
        RETURN false;
    END IF;
    RETURN settle_spending(v_day, p_purpose, p_calls, p_rials, p_limit, p_ceiling);
END
$$;

CREATE OR REPLACE FUNCTION add_spending(p_day date, p_purpose text, p_calls integer, p_rials bigint, p_limit bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $$
BEGIN
    IF NOT spend_in_part(p_day, p_purpose, p_calls, p_rials, p_limit, NULL) THEN
        PERFORM settle_spending(p_day, p_purpose, p_calls, p_rials, p_limit, NULL);
    END IF;
END
$$;

-- What comes back frees room in this connection's part; of a day whose parts are gone, in its row.
CREATE OR REPLACE FUNCTION take_back_spending(p_day date, p_purpose text, p_rials bigint)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
BEGIN
    UPDATE spending_parts SET calls = calls - 1, rials = rials - p_rials
     WHERE day = p_day AND purpose = p_purpose AND part = own_spending_part();
    IF NOT FOUND THEN
        UPDATE daily_spending SET calls = greatest(0, calls - 1), rials = greatest(0, rials - p_rials)
         WHERE day = p_day AND purpose = p_purpose;
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION return_spending()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
DECLARE
    v_back engine_spendings;
BEGIN
    DELETE FROM engine_spendings WHERE conversion_id = NEW.id AND calls = 0 RETURNING * INTO v_back;
    IF FOUND THEN
        PERFORM take_back_spending(v_back.day, 'engine', v_back.rials);
    END IF;
    RETURN NULL;
END
$$;

-- Adds the parts of days that are long over to their rows; answers how many days.
CREATE FUNCTION close_spending_days() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path TO 'pg_catalog', 'public', 'pg_temp' AS $$
DECLARE
    v_day record;
    v_closed integer := 0;
BEGIN
    FOR v_day IN
        SELECT d.day, d.purpose FROM daily_spending d
         WHERE d.day < visit_day() - 1
           AND EXISTS (SELECT 1 FROM spending_parts s WHERE s.day = d.day AND s.purpose = d.purpose)
         ORDER BY d.day, d.purpose FOR UPDATE
    LOOP
        WITH gone AS (
            DELETE FROM spending_parts WHERE day = v_day.day AND purpose = v_day.purpose RETURNING calls, rials
        ), back AS (
            SELECT coalesce(sum(calls), 0) AS calls, coalesce(sum(rials), 0) AS rials FROM gone
        )
        UPDATE daily_spending d SET calls = greatest(0, d.calls + back.calls), rials = greatest(0, d.rials + back.rials)
          FROM back WHERE d.day = v_day.day AND d.purpose = v_day.purpose;
        v_closed := v_closed + 1;
    END LOOP;
    RETURN v_closed;
END
$$;
