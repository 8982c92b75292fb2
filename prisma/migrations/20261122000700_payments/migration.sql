-- What a payment and a period are, and what about them never changes. The lock order is the one of the whole
-- house: owner, periods, payment.

-- Payments -------------------------------------------------------------------------------------------------------

-- What was bought is frozen when the payment is made; whatever the caller leaves out is taken from the plan now.
CREATE FUNCTION prepare_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    IF NEW.conversions_limit IS NULL OR NEW.images_limit IS NULL THEN
        SELECT coalesce(NEW.conversions_limit, monthly_conversions_limit), coalesce(NEW.images_limit, monthly_images_limit)
          INTO NEW.conversions_limit, NEW.images_limit
          FROM payment_plans WHERE id = NEW.plan_id;
        -- An unknown plan is left to the foreign key.
        NEW.conversions_limit := coalesce(NEW.conversions_limit, 0);
        NEW.images_limit := coalesce(NEW.images_limit, 0);
    END IF;
    IF NEW.status = 'pending' THEN
        NEW.expires_at := coalesce(NEW.expires_at, v_now + INTERVAL '30 minutes');
        IF NEW.replaces_period_id IS NULL AND (NEW.kind = 'upgrade' OR NEW.credit > 0) THEN
            SELECT id INTO NEW.replaces_period_id FROM subscription_periods
             WHERE coalesce(user_id, vendor_id) = coalesce(NEW.user_id, NEW.vendor_id) AND payment_id IS NOT NULL
               AND ends_at > v_now AND starts_at <= v_now;
        END IF;
    ELSIF NEW.status = 'completed' THEN
        NEW.paid_at := coalesce(NEW.paid_at, v_now);
    END IF;
    IF NEW.replaces_period_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM subscription_periods
         WHERE id = NEW.replaces_period_id AND (user_id = NEW.user_id OR vendor_id = NEW.vendor_id)
    ) THEN
        RAISE EXCEPTION 'period % does not belong to the payer', NEW.replaces_period_id USING ERRCODE = 'ST005';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER trg_payments_prepare BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION prepare_payment();

-- pending -> completed, failed, cancelled or expired. Money that the gateway confirms later still counts:
-- failed, cancelled or expired -> completed. Completed is final.
CREATE FUNCTION guard_payment() RETURNS trigger LANGUAGE plpgsql AS $$
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
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER trg_payments_guard BEFORE UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION guard_payment();

-- Periods ----------------------------------------------------------------------------------------------------------

-- A paid period belongs to who paid; and whose it is, what it grants and what paid for it never change.
CREATE FUNCTION guard_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.payment_id IS NOT NULL AND EXISTS (
            SELECT 1 FROM payments p
             WHERE p.id = NEW.payment_id AND (p.user_id, p.vendor_id) IS DISTINCT FROM (NEW.user_id, NEW.vendor_id)
        ) THEN
            RAISE EXCEPTION 'payment % is not of the period''s owner', NEW.payment_id USING ERRCODE = 'ST005';
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

CREATE TRIGGER trg_subscription_periods_created BEFORE INSERT ON subscription_periods
    FOR EACH ROW EXECUTE FUNCTION guard_period();
CREATE TRIGGER trg_subscription_periods_guard
    BEFORE UPDATE OF user_id, vendor_id, plan_id, payment_id, conversions_limit, images_limit ON subscription_periods
    FOR EACH ROW EXECUTE FUNCTION guard_period();

-- Locks whoever owns the payment, then all periods of that owner that are not over, in order.
CREATE FUNCTION lock_payment_owner(p_payment payments) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_now timestamptz;
BEGIN
    IF p_payment.user_id IS NOT NULL THEN
        PERFORM 1 FROM users WHERE id = p_payment.user_id FOR NO KEY UPDATE;
    ELSE
        PERFORM 1 FROM vendors WHERE id = p_payment.vendor_id FOR NO KEY UPDATE;
    END IF;
    v_now := clock_timestamp();
    PERFORM 1 FROM subscription_periods
      WHERE coalesce(user_id, vendor_id) = coalesce(p_payment.user_id, p_payment.vendor_id) AND ends_at > v_now
      ORDER BY starts_at, id
        FOR NO KEY UPDATE;
END
$$;

-- The account shows the plan of the paid period it is in, or none.
CREATE FUNCTION show_current_plan(p_owner_id uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
    v_plan_id uuid;
BEGIN
    SELECT plan_id INTO v_plan_id FROM subscription_periods
     WHERE coalesce(user_id, vendor_id) = p_owner_id AND payment_id IS NOT NULL AND ends_at > v_now AND starts_at <= v_now;
    UPDATE users SET plan_id = v_plan_id WHERE id = p_owner_id AND plan_id IS DISTINCT FROM v_plan_id;
    UPDATE vendors SET plan_id = v_plan_id WHERE id = p_owner_id AND plan_id IS DISTINCT FROM v_plan_id;
END
$$;

-- The sweep that lets accounts show the plan they are in after a period has ended or begun: answers with how many
-- it changed. What may be charged never depends on it.
CREATE FUNCTION refresh_account_plans(p_limit integer DEFAULT 1000) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
    v_owner_id uuid;
    v_count integer := 0;
BEGIN
    FOR v_owner_id IN
        SELECT stale.id FROM (
            -- Shows a plan without being in a paid period of it.
            SELECT u.id FROM users u
             WHERE u.plan_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM user_period_at(u.id, v_now) p WHERE p.payment_id IS NOT NULL AND p.plan_id = u.plan_id
             )
            UNION
            SELECT v.id FROM vendors v
             WHERE v.plan_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM vendor_period_at(v.id, v_now) p WHERE p.payment_id IS NOT NULL AND p.plan_id = v.plan_id
             )
            UNION
            -- Is in a paid period and does not show it.
            SELECT coalesce(p.user_id, p.vendor_id) FROM subscription_periods p
              LEFT JOIN users u ON u.id = p.user_id
              LEFT JOIN vendors v ON v.id = p.vendor_id
             WHERE p.payment_id IS NOT NULL AND p.ends_at > v_now AND p.starts_at <= v_now
               AND coalesce(u.plan_id, v.plan_id) IS DISTINCT FROM p.plan_id
        ) stale ORDER BY stale.id LIMIT p_limit
    LOOP
        PERFORM show_current_plan(v_owner_id);
        v_count := v_count + 1;
    END LOOP;
    RETURN v_count;
END
$$;
