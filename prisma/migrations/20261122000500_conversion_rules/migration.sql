-- The life of a conversion: pending -> processing -> completed or failed; pending -> failed (cancelled);
-- processing -> processing when another worker takes over. Every claim counts `attempts` up by one: it is the
-- fence behind which a worker that stalled and came back finds its row already claimed by another.

CREATE FUNCTION guard_conversion_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'processing' AND OLD.status = 'pending' AND NEW.attempts = OLD.attempts THEN
        NEW.attempts := OLD.attempts + 1;
    END IF;

    IF NEW.status = 'processing' AND OLD.status IN ('pending', 'processing') AND NEW.attempts = OLD.attempts + 1 THEN
        NEW.claimed_at := clock_timestamp();
        NEW.first_claimed_at := coalesce(OLD.first_claimed_at, NEW.claimed_at);
        RETURN NEW;
    END IF;

    IF NEW.attempts = OLD.attempts AND NEW.status = 'completed' AND OLD.status = 'processing' THEN
        NEW.completed_at := coalesce(NEW.completed_at, clock_timestamp());
        IF NEW.result_image_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM images WHERE id = NEW.result_image_id AND type = 'result' AND user_id = NEW.user_id
        ) THEN
            RAISE EXCEPTION 'image % is not a result of user %', NEW.result_image_id, NEW.user_id USING ERRCODE = 'ST005';
        END IF;
        RETURN NEW;
    END IF;

    IF NEW.attempts = OLD.attempts AND NEW.status = 'failed' AND OLD.status IN ('pending', 'processing') THEN
        NEW.failure_code := coalesce(NEW.failure_code, 'internal');
        NEW.error_message := coalesce(NEW.error_message, NEW.failure_code);
        -- A failed conversion is never the customer's loss; unless the deadline returned the charge before.
        NEW.charge_returned_at := coalesce(NEW.charge_returned_at, clock_timestamp());
        RETURN NEW;
    END IF;

    RAISE EXCEPTION 'conversion %: % (attempt %) -> % (attempt %) is not a step',
        OLD.id, OLD.status, OLD.attempts, NEW.status, NEW.attempts USING ERRCODE = 'ST004';
END
$$;

-- Only when status or attempts are written: a foreign key's own SET NULL must pass.
CREATE TRIGGER trg_user_conversions_1_state BEFORE UPDATE OF status, attempts ON user_conversions
    FOR EACH ROW EXECUTE FUNCTION guard_conversion_state();

CREATE FUNCTION guard_conversion_charge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.user_id, NEW.conversion_type, NEW.period_id) IS DISTINCT FROM (OLD.user_id, OLD.conversion_type, OLD.period_id)
       OR OLD.charge_returned_at IS NOT NULL AND NEW.charge_returned_at IS DISTINCT FROM OLD.charge_returned_at
       OR NEW.charge_returned_at IS NOT NULL AND OLD.charge_returned_at IS NULL AND OLD.status = 'completed'
    THEN
        RAISE EXCEPTION 'the charge of conversion % is made once and returned at most once', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER trg_user_conversions_2_charge
    BEFORE UPDATE OF status, user_id, conversion_type, period_id, charge_returned_at ON user_conversions
    FOR EACH ROW EXECUTE FUNCTION guard_conversion_charge();

-- Whoever sets charge_returned_at (a failure, the deadline) returns the charge: to the pool it came from.
CREATE FUNCTION return_conversion_charge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.conversion_type = 'free' THEN
        UPDATE users SET free_quota_remaining = free_quota_remaining + 1 WHERE id = NEW.user_id;
    ELSE
        UPDATE subscription_periods SET conversions_used = conversions_used - 1 WHERE id = NEW.period_id;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER trg_user_conversions_return_charge AFTER UPDATE OF status, charge_returned_at ON user_conversions
    FOR EACH ROW WHEN (OLD.charge_returned_at IS NULL AND NEW.charge_returned_at IS NOT NULL)
    EXECUTE FUNCTION return_conversion_charge();

-- To be called before the UPDATE that may return a charge: takes the locks in the order that all keep
-- (owner, period, ..., conversion). Without it the UPDATE is right all the same, but may meet a deadlock.
CREATE FUNCTION lock_conversion_charge(p_conversion_id uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_user_id uuid;
    v_period_id uuid;
BEGIN
    SELECT user_id, period_id INTO v_user_id, v_period_id FROM user_conversions WHERE id = p_conversion_id;
    PERFORM 1 FROM users WHERE id = v_user_id FOR NO KEY UPDATE;
    PERFORM 1 FROM subscription_periods WHERE id = v_period_id FOR NO KEY UPDATE;
END
$$;

-- The sweep of the deadline: three minutes after its first claim a conversion without a result is no longer
-- charged, and goes on free. Answers with those whose charge was returned now.
CREATE FUNCTION return_overdue_charges(p_limit integer DEFAULT 100) RETURNS SETOF uuid LANGUAGE plpgsql AS $$
DECLARE
    v_id uuid;
    v_deadline timestamptz := clock_timestamp() - INTERVAL '3 minutes';
BEGIN
    FOR v_id IN
        SELECT id FROM user_conversions
         WHERE status = 'processing' AND first_claimed_at < v_deadline
           AND charge_returned_at IS NULL
         ORDER BY user_id
         LIMIT p_limit
    LOOP
        PERFORM lock_conversion_charge(v_id);
        UPDATE user_conversions SET charge_returned_at = clock_timestamp()
         WHERE id = v_id AND status = 'processing' AND charge_returned_at IS NULL;
        IF FOUND THEN
            RETURN NEXT v_id;
        END IF;
    END LOOP;
END
$$;
