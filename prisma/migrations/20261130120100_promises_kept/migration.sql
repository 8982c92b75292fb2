-- What was paid for and charged stays what it was, whoever writes: the rules that the program keeps anyway, kept by the
-- server too. `refuse_while_paying` and the shell's own guard say the same.

-- An account's own money and charges ------------------------------------------------------------------------------

-- Payments, refunds, periods and conversions go with their account only (the row of which is gone before theirs are
-- asked for): a conversion that is deleted by its owner keeps its row, see `deleted_at`.
CREATE FUNCTION keep_account_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_row jsonb;
BEGIN
    IF TG_OP = 'DELETE' THEN
        v_row := to_jsonb(OLD);
        IF NOT EXISTS (SELECT 1 FROM users WHERE id = (v_row ->> 'user_id')::uuid)
           AND NOT EXISTS (SELECT 1 FROM vendors WHERE id = (v_row ->> 'vendor_id')::uuid) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'rows of % stay as long as their account', TG_TABLE_NAME USING ERRCODE = 'ST004';
END
$$;

CREATE TRIGGER trg_payments_keep BEFORE DELETE ON payments FOR EACH ROW EXECUTE FUNCTION keep_account_row();
CREATE TRIGGER trg_payments_keep_all BEFORE TRUNCATE ON payments FOR EACH STATEMENT EXECUTE FUNCTION keep_account_row();
CREATE TRIGGER trg_payment_refunds_keep BEFORE DELETE ON payment_refunds FOR EACH ROW EXECUTE FUNCTION keep_account_row();
CREATE TRIGGER trg_payment_refunds_keep_all BEFORE TRUNCATE ON payment_refunds FOR EACH STATEMENT EXECUTE FUNCTION keep_account_row();
CREATE TRIGGER trg_subscription_periods_keep BEFORE DELETE ON subscription_periods FOR EACH ROW EXECUTE FUNCTION keep_account_row();
CREATE TRIGGER trg_subscription_periods_keep_all BEFORE TRUNCATE ON subscription_periods FOR EACH STATEMENT EXECUTE FUNCTION keep_account_row();
CREATE TRIGGER trg_user_conversions_keep BEFORE DELETE ON user_conversions FOR EACH ROW EXECUTE FUNCTION keep_account_row();
CREATE TRIGGER trg_user_conversions_keep_all BEFORE TRUNCATE ON user_conversions FOR EACH STATEMENT EXECUTE FUNCTION keep_account_row();

-- What a plan's period paid for names the period.
ALTER TABLE user_conversions ADD CONSTRAINT chk_conversion_paid_period
    CHECK (conversion_type <> 'paid' OR period_id IS NOT NULL) NOT VALID;

-- Payments ----------------------------------------------------------------------------------------------------------

-- A paid payment is a receipt: only what a person or the gateway still says about it may be written, and what was not
-- known yet.
CREATE OR REPLACE FUNCTION guard_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_open CONSTANT text[] := '{attention_reason,next_check_at,checking_until,check_began_at,checked_at,returned_at,last_answer,updated_at}';
BEGIN
    IF (NEW.user_id, NEW.vendor_id, NEW.plan_id, NEW.amount, NEW.currency, NEW.kind, NEW.credit,
        NEW.replaces_period_id, NEW.conversions_limit, NEW.images_limit)
       IS DISTINCT FROM
       (OLD.user_id, OLD.vendor_id, OLD.plan_id, OLD.amount, OLD.currency, OLD.kind, OLD.credit,
        OLD.replaces_period_id, OLD.conversions_limit, OLD.images_limit)
    THEN
        RAISE EXCEPTION 'what payment % bought is frozen', OLD.id USING ERRCODE = 'ST004';
    END IF;
    IF NEW.status <> OLD.status THEN
        IF NOT (OLD.status = 'pending' AND NEW.status IN ('completed', 'failed', 'cancelled', 'expired')
                OR OLD.status IN ('failed', 'cancelled', 'expired') AND NEW.status = 'completed') THEN
            RAISE EXCEPTION 'payment %: % -> % is not a step', OLD.id, OLD.status, NEW.status USING ERRCODE = 'ST004';
        END IF;
        IF NEW.status = 'completed' THEN
            NEW.paid_at := coalesce(NEW.paid_at, clock_timestamp());
        END IF;
    ELSIF OLD.status = 'completed' AND NOT to_jsonb(NEW) @> jsonb_strip_nulls(to_jsonb(OLD) - v_open) THEN
        RAISE EXCEPTION 'payment % was paid and stays as it is', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;

-- Asked when the transaction ends: on the way a payment may be without its period, and a period before its payment.
CREATE FUNCTION require_payment_period() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_payment_id uuid := CASE WHEN TG_TABLE_NAME = 'payments' THEN to_jsonb(NEW) ->> 'id'
                              ELSE coalesce(to_jsonb(NEW), to_jsonb(OLD)) ->> 'payment_id' END;
    v_status text;
    v_periods integer;
BEGIN
    SELECT status, (SELECT count(*) FROM subscription_periods p WHERE p.payment_id = y.id) INTO v_status, v_periods
      FROM payments y WHERE y.id = v_payment_id;
    IF FOUND AND v_periods <> (v_status = 'completed')::integer THEN
        RAISE EXCEPTION 'payment % is % and has % periods', v_payment_id, v_status, v_periods
            USING ERRCODE = 'check_violation', CONSTRAINT = 'trg_payments_period';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER trg_payments_period AFTER INSERT OR UPDATE OF status ON payments
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status = 'completed') EXECUTE FUNCTION require_payment_period();
CREATE CONSTRAINT TRIGGER trg_subscription_periods_payment AFTER INSERT ON subscription_periods
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.payment_id IS NOT NULL) EXECUTE FUNCTION require_payment_period();

-- Periods -----------------------------------------------------------------------------------------------------------

-- Which month of an anchor a moment lies in; a moment before the anchor is in none (below 0).
CREATE FUNCTION month_of_anchor(p_anchor timestamptz, p_at timestamptz) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT n - (period_month(p_anchor, n) > p_at)::integer
      FROM (SELECT ((extract(year FROM b) - extract(year FROM a)) * 12 + extract(month FROM b) - extract(month FROM a))::integer AS n
              FROM (SELECT p_anchor AT TIME ZONE 'Asia/Tehran' AS a, p_at AT TIME ZONE 'Asia/Tehran' AS b) t) m
$$;

-- A month that has begun may end sooner, never later. One ahead may move, and is at most a month of its anchor. What
-- was refunded stays over.
CREATE FUNCTION guard_period_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_has_begun boolean := OLD.starts_at <= clock_timestamp();
BEGIN
    IF NEW.ends_at <= OLD.ends_at AND (v_has_begun OR NEW.ends_at - NEW.starts_at <= OLD.ends_at - OLD.starts_at) THEN
        RETURN NEW;
    END IF;
    IF v_has_begun
       OR NEW.ends_at > period_month(NEW.anchor_at, month_of_anchor(NEW.anchor_at, NEW.starts_at) + 1)
       OR EXISTS (SELECT 1 FROM payment_refunds WHERE payment_id = NEW.payment_id)
    THEN
        RAISE EXCEPTION 'period % cannot last longer', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER trg_subscription_periods_time BEFORE UPDATE OF anchor_at, starts_at, ends_at ON subscription_periods
    FOR EACH ROW WHEN ((OLD.anchor_at, OLD.starts_at, OLD.ends_at) IS DISTINCT FROM (NEW.anchor_at, NEW.starts_at, NEW.ends_at))
    EXECUTE FUNCTION guard_period_time();

CREATE OR REPLACE FUNCTION guard_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.payment_id IS NOT NULL AND EXISTS (
            SELECT 1 FROM payments p
             WHERE p.id = NEW.payment_id AND (p.user_id, p.vendor_id) IS DISTINCT FROM (NEW.user_id, NEW.vendor_id)
        ) THEN
            RAISE EXCEPTION 'payment % is not of the period''s owner', NEW.payment_id USING ERRCODE = 'ST005';
        END IF;
        IF NEW.payment_id IS NOT NULL
           AND NEW.ends_at > period_month(NEW.anchor_at, month_of_anchor(NEW.anchor_at, NEW.starts_at) + 1) THEN
            RAISE EXCEPTION 'a period that was paid for is a month' USING ERRCODE = 'ST004';
        END IF;
    ELSIF (NEW.user_id, NEW.vendor_id, NEW.plan_id, NEW.payment_id, NEW.conversions_limit, NEW.images_limit)
          IS DISTINCT FROM
          (OLD.user_id, OLD.vendor_id, OLD.plan_id, OLD.payment_id, OLD.conversions_limit, OLD.images_limit)
    THEN
        RAISE EXCEPTION 'what period % grants is frozen', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;

-- Accounts ----------------------------------------------------------------------------------------------------------

-- One question for both ways to a shell: a payment that is pending is at the gateway, also when its half hour is over
-- and nobody has asked the gateway yet.
CREATE OR REPLACE FUNCTION refuse_while_paying(p_owner_id uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM payments WHERE user_id = p_owner_id AND status = 'pending')
       OR EXISTS (SELECT 1 FROM payments WHERE vendor_id = p_owner_id AND status = 'pending') THEN
        RAISE EXCEPTION 'a payment of % is open at the gateway', p_owner_id USING ERRCODE = 'ST004', HINT = 'payment';
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION guard_account_shell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.phone LIKE 'deleted:%' THEN
        RAISE EXCEPTION 'account % is deleted', OLD.id USING ERRCODE = 'ST004';
    END IF;
    PERFORM refuse_while_paying(OLD.id);
    RETURN NEW;
END
$$;

-- Profiles ----------------------------------------------------------------------------------------------------------

-- An object of plain values; what the program reads of it has the form that it reads.
CREATE FUNCTION is_profile(p_profile jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT jsonb_typeof(p_profile) = 'object' AND length(p_profile::text) <= 4000
       AND NOT jsonb_path_exists(p_profile, 'strict $.* ? (@.type() == "object" || @.type() == "array")', '{}', true)
       AND NOT jsonb_path_exists(p_profile, 'strict $.keyvalue() ? (@.key == "kind" || @.key == "city" || @.key == "phone" || @.key == "email" || @.key == "address").value ? (@.type() != "string" && @.type() != "null")', '{}', true)
       AND coalesce(p_profile ->> 'kind' IN ('boutique', 'salon', 'studio', 'photographer', 'craft', 'other'), true)
       AND coalesce(length(p_profile ->> 'city') <= 60, true)
       AND coalesce(p_profile ->> 'phone' ~ '^\+?[0-9]{5,15}$', true)
       AND coalesce(p_profile ->> 'email' ~ '^[^\s@]+@[^\s@]+$' AND length(p_profile ->> 'email') <= 120, true)
       AND coalesce(length(p_profile ->> 'address') <= 200, true)
$$;

ALTER TABLE vendors ADD CONSTRAINT chk_vendor_profile_info CHECK (is_profile(profile_info)) NOT VALID;
ALTER TABLE vendors ADD CONSTRAINT chk_vendor_contact_info CHECK (is_profile(contact_info)) NOT VALID;
