-- The line in front of the workers: who is next, and that nobody fills it.

-- A conversion's turn, in seconds since 2026: when it was asked for; two minutes earlier when a plan paid for it.
-- So paid ones go first, yet pass nobody who has waited for two minutes: no one starves. The queue sorts by the
-- negative of it, and a place in line is counted by it.
CREATE FUNCTION conversion_turn(p_created_at timestamptz, p_conversion_type text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT floor(extract(epoch FROM p_created_at - TIMESTAMPTZ '2026-01-01 00:00:00+00'))::integer
           - CASE WHEN p_conversion_type = 'paid' THEN 120 ELSE 0 END
$$;

-- How many wait before mine.
DROP INDEX idx_conversions_waiting;
CREATE INDEX idx_conversions_waiting ON user_conversions
    (conversion_turn(created_at, conversion_type), created_at, id) WHERE status = 'pending';

-- An account has two lanes and at most one conversion of each runs at a time, on however many machines.
ALTER TABLE user_conversions
    ADD COLUMN lane SMALLINT NOT NULL DEFAULT 0,
    ADD CONSTRAINT chk_conversion_lane CHECK (lane IN (0, 1));
COMMENT ON COLUMN user_conversions.lane IS 'Of the account''s two; the queue runs one conversion of a lane at a time.';

-- What of an account waits or runs: its ten at most, and its lanes.
CREATE INDEX idx_conversions_user_open ON user_conversions (user_id) WHERE status IN ('pending', 'processing');
