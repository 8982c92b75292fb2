-- From a payment to a period, and back. The lock order is the one of the whole house: owner, periods, payment.

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

-- Moves the paid periods ahead behind a period that now runs until period_month(p_anchor, 1), month by month.
-- Those that were contiguous with the period that was cut (it would have ended at p_cut_end) stay contiguous;
-- others move only if they would overlap. All are emptied first: an empty range overlaps nothing, so the new
-- ranges can then be set in any order without tripping the exclusion.
CREATE FUNCTION rechain_periods(p_owner_id uuid, p_anchor timestamptz, p_cut_end timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_period subscription_periods;
    v_ids uuid[] := '{}';
    v_old_end timestamptz := p_cut_end;
BEGIN
    FOR v_period IN
        SELECT * FROM subscription_periods
         WHERE coalesce(user_id, vendor_id) = p_owner_id AND starts_at > p_anchor AND ends_at > starts_at
         ORDER BY starts_at
    LOOP
        EXIT WHEN v_period.starts_at IS DISTINCT FROM v_old_end
              AND v_period.starts_at >= period_month(p_anchor, cardinality(v_ids) + 1);
        v_ids := v_ids || v_period.id;
        v_old_end := v_period.ends_at;
    END LOOP;

    UPDATE subscription_periods SET ends_at = starts_at WHERE id = ANY (v_ids);
    UPDATE subscription_periods p
       SET anchor_at = p_anchor,
           starts_at = period_month(p_anchor, moved.n::integer),
           ends_at = period_month(p_anchor, moved.n::integer + 1)
      FROM unnest(v_ids) WITH ORDINALITY AS moved(id, n)
     WHERE p.id = moved.id;
END
$$;

-- Turns a confirmed payment into its period. Called again it changes nothing and answers with the same period.
--   * Nothing runs, or only a free period: the free one ends, the bought one starts now.
--   * An upgrade (or a change that was credited): the period whose rest was credited ends, the bought one starts
--     now, what was paid ahead follows it.
--   * Otherwise (renewal, downgrade, a second purchase): the bought one is appended to what is paid already, so
--     nothing that was paid is lost. So also when the credited period is over in the meantime: then a person
--     must look at the credit.
CREATE FUNCTION activate_payment(p_payment_id uuid, p_ref_number text DEFAULT NULL, p_card_number text DEFAULT NULL)
RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    v_payment payments;
    v_owner_id uuid;
    v_now timestamptz;
    v_running subscription_periods;
    v_last subscription_periods;
    v_starts_now boolean;
    v_anchor timestamptz;
    v_month integer := 0;
    v_attention text;
    v_period_id uuid;
BEGIN
    -- Read without a lock to learn the owner, who never changes.
    SELECT * INTO v_payment FROM payments WHERE id = p_payment_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'payment % does not exist', p_payment_id USING ERRCODE = 'ST003';
    END IF;
    v_owner_id := coalesce(v_payment.user_id, v_payment.vendor_id);
    PERFORM lock_payment_owner(v_payment);
    SELECT * INTO v_payment FROM payments WHERE id = p_payment_id FOR NO KEY UPDATE;

    SELECT id INTO v_period_id FROM subscription_periods WHERE payment_id = p_payment_id;
    IF FOUND THEN
        RETURN v_period_id;
    END IF;

    v_now := clock_timestamp();
    SELECT * INTO v_running FROM subscription_periods
     WHERE coalesce(user_id, vendor_id) = v_owner_id AND ends_at > v_now AND starts_at <= v_now;

    v_starts_now := v_running.id IS NULL OR v_running.payment_id IS NULL
        OR (v_payment.kind = 'upgrade' OR v_payment.credit > 0)
           AND coalesce(v_payment.replaces_period_id, v_running.id) = v_running.id;
    IF v_payment.credit > 0 AND v_payment.replaces_period_id IS DISTINCT FROM v_running.id THEN
        v_attention := 'credit_period_over';
    ELSIF EXISTS (SELECT 1 FROM users WHERE id = v_owner_id AND NOT is_active)
       OR EXISTS (SELECT 1 FROM vendors WHERE id = v_owner_id AND NOT is_active) THEN
        v_attention := 'account_inactive';
    END IF;

    IF v_starts_now THEN
        v_anchor := v_now;
        UPDATE subscription_periods SET ends_at = v_now WHERE id = v_running.id;
        PERFORM rechain_periods(v_owner_id, v_now, CASE WHEN v_running.payment_id IS NOT NULL THEN v_running.ends_at END);
    ELSE
        SELECT * INTO v_last FROM subscription_periods
         WHERE coalesce(user_id, vendor_id) = v_owner_id AND ends_at > v_now AND ends_at > starts_at
         ORDER BY ends_at DESC LIMIT 1;
        -- The next month of the same anchor, so that a subscription of the 31st stays one of the 31st.
        v_anchor := v_last.anchor_at;
        v_month := (
            SELECT (extract(year FROM b) - extract(year FROM a)) * 12 + extract(month FROM b) - extract(month FROM a)
              FROM (SELECT v_anchor AT TIME ZONE 'Asia/Tehran' AS a, v_last.ends_at AT TIME ZONE 'Asia/Tehran' AS b) t
        );
        IF period_month(v_anchor, v_month) <> v_last.ends_at THEN
            v_anchor := v_last.ends_at;
            v_month := 0;
        END IF;
    END IF;

    INSERT INTO subscription_periods
        (user_id, vendor_id, plan_id, payment_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
    VALUES
        (v_payment.user_id, v_payment.vendor_id, v_payment.plan_id, p_payment_id, v_anchor,
         period_month(v_anchor, v_month), period_month(v_anchor, v_month + 1),
         v_payment.conversions_limit, v_payment.images_limit)
    RETURNING id INTO v_period_id;

    UPDATE payments
       SET status = 'completed',
           gateway_ref_number = coalesce(p_ref_number, gateway_ref_number),
           gateway_card_number = coalesce(p_card_number, gateway_card_number),
           paid_at = coalesce(paid_at, v_now),
           attention_reason = coalesce(attention_reason, v_attention)
     WHERE id = p_payment_id;
    PERFORM show_current_plan(v_owner_id);
    RETURN v_period_id;
END
$$;

-- Refunds ----------------------------------------------------------------------------------------------------------

-- A refund ends the period of its payment now: one that runs is cut, one ahead is voided (an empty range). It is
-- of a completed payment, never more than was paid, and once only (payment_id is unique).
CREATE FUNCTION apply_refund() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_payment payments;
    v_now timestamptz;
BEGIN
    SELECT * INTO v_payment FROM payments WHERE id = NEW.payment_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'payment % does not exist', NEW.payment_id USING ERRCODE = 'ST003';
    END IF;
    PERFORM lock_payment_owner(v_payment);
    SELECT * INTO v_payment FROM payments WHERE id = NEW.payment_id FOR NO KEY UPDATE;
    IF v_payment.status <> 'completed' THEN
        RAISE EXCEPTION 'payment % was not paid', NEW.payment_id USING ERRCODE = 'ST004';
    ELSIF NEW.amount > v_payment.amount THEN
        RAISE EXCEPTION 'payment % was less than this refund', NEW.payment_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'chk_refund_amount';
    ELSIF coalesce(NEW.user_id, v_payment.user_id) IS DISTINCT FROM v_payment.user_id
       OR coalesce(NEW.vendor_id, v_payment.vendor_id) IS DISTINCT FROM v_payment.vendor_id THEN
        RAISE EXCEPTION 'payment % is not of the refund''s owner', NEW.payment_id USING ERRCODE = 'ST005';
    END IF;
    NEW.user_id := v_payment.user_id;
    NEW.vendor_id := v_payment.vendor_id;

    v_now := clock_timestamp();
    UPDATE subscription_periods SET ends_at = greatest(starts_at, v_now)
     WHERE payment_id = NEW.payment_id AND ends_at > v_now;
    PERFORM show_current_plan(coalesce(NEW.user_id, NEW.vendor_id));
    RETURN NEW;
END
$$;

CREATE TRIGGER trg_payment_refunds_apply BEFORE INSERT ON payment_refunds FOR EACH ROW EXECUTE FUNCTION apply_refund();

-- pending -> completed or failed; failed -> pending or completed (tried again). Completed is final.
CREATE FUNCTION guard_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.payment_id, NEW.user_id, NEW.vendor_id, NEW.amount)
       IS DISTINCT FROM (OLD.payment_id, OLD.user_id, OLD.vendor_id, OLD.amount)
       OR OLD.state = 'completed' AND NEW.state <> 'completed' THEN
        RAISE EXCEPTION 'refund %: % -> % is not a step', OLD.id, OLD.state, NEW.state USING ERRCODE = 'ST004';
    END IF;
    IF NEW.state = 'completed' THEN
        NEW.settled_at := coalesce(NEW.settled_at, clock_timestamp());
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER trg_payment_refunds_guard BEFORE UPDATE ON payment_refunds FOR EACH ROW EXECUTE FUNCTION guard_refund();
