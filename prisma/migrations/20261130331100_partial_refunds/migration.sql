-- Money goes back in parts. A refund says how much, and whether it ends what was bought; at most one of a payment
-- does, and all of them together are never more than was paid.

ALTER TABLE payment_refunds DROP CONSTRAINT payment_refunds_payment_id_key;

-- One invoice of a sale, and a correction of it for each part that goes back.
ALTER TABLE invoices DROP CONSTRAINT invoices_payment_kind_key;

-- Rials of a payment that have gone back or are on their way.
CREATE FUNCTION given_back(p_payment_id UUID) RETURNS BIGINT LANGUAGE sql STABLE SECURITY DEFINER
SET search_path TO 'pg_catalog', 'public', 'pg_temp' AS $$
    SELECT coalesce(sum(amount), 0)::bigint FROM payment_refunds WHERE payment_id = p_payment_id
$$;

CREATE OR REPLACE FUNCTION apply_refund()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
DECLARE
    v_payment payments;
    v_rest bigint;
    v_spent_on uuid;
BEGIN
    SELECT * INTO v_payment FROM payments WHERE id = NEW.payment_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'payment % does not exist', NEW.payment_id USING ERRCODE = 'ST003';
    END IF;
    PERFORM lock_payment_owner(v_payment);
    SELECT * INTO v_payment FROM payments WHERE id = NEW.payment_id FOR NO KEY UPDATE;
    v_rest := v_payment.amount - given_back(NEW.payment_id);
    IF v_payment.status <> 'completed' THEN
        RAISE EXCEPTION 'payment % was not paid', NEW.payment_id USING ERRCODE = 'ST004';
    ELSIF NEW.amount > v_rest THEN
        RAISE EXCEPTION 'less than this refund is left of payment %', NEW.payment_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'chk_refund_amount';
    ELSIF coalesce(NEW.user_id, v_payment.user_id) IS DISTINCT FROM v_payment.user_id
       OR coalesce(NEW.vendor_id, v_payment.vendor_id) IS DISTINCT FROM v_payment.vendor_id THEN
        RAISE EXCEPTION 'payment % is not of the refund''s owner', NEW.payment_id USING ERRCODE = 'ST005';
    END IF;
    NEW.user_id := v_payment.user_id;
    NEW.vendor_id := v_payment.vendor_id;
    IF NEW.ends_purchase THEN
        PERFORM give_period_back(NEW.payment_id, clock_timestamp());
        PERFORM show_current_plan(coalesce(NEW.user_id, NEW.vendor_id));
        RETURN NEW;
    END IF;
    -- What is taken off another purchase by its worth stays worth that.
    SELECT blocked_by INTO v_spent_on FROM refund_effect(NEW.payment_id, clock_timestamp());
    IF v_spent_on IS NOT NULL THEN
        RAISE EXCEPTION 'the rest of payment % went into %', NEW.payment_id, v_spent_on USING ERRCODE = 'ST004', HINT = 'credit';
    ELSIF NEW.amount = v_rest AND NOT EXISTS (SELECT 1 FROM payment_refunds WHERE payment_id = NEW.payment_id AND ends_purchase) THEN
        RAISE EXCEPTION 'nothing of payment % stays, so it ends', NEW.payment_id USING ERRCODE = 'ST004', HINT = 'end';
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION refund_goods()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
BEGIN
    IF NOT NEW.ends_purchase THEN
        RETURN NULL;
    END IF;
    INSERT INTO quota_grants (user_id, vendor_id, resource, amount, reason, payment_id)
    SELECT user_id, vendor_id, resource, -pack_left(NEW.payment_id), 'pack refunded', payment_id
      FROM quota_grants WHERE payment_id = NEW.payment_id AND amount > 0 AND pack_left(NEW.payment_id) > 0;
    UPDATE coupon_uses SET given_back_at = clock_timestamp() WHERE payment_id = NEW.payment_id AND given_back_at IS NULL;
    RETURN NULL;
END
$$;

-- The parts of VAT add up to that of the sale, however often they are rounded.

CREATE OR REPLACE FUNCTION write_correction()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
DECLARE
    v_given bigint := given_back(NEW.payment_id);
BEGIN
    INSERT INTO invoices (number, kind, payment_id, corrects, amount, vat_rate, vat, goods, seller, buyer)
    SELECT next_invoice_number(), 'correction', i.payment_id, i.number, NEW.amount, i.vat_rate,
           vat_within(v_given, i.vat_rate) - vat_within(v_given - NEW.amount, i.vat_rate),
           i.goods, i.seller, i.buyer
      FROM invoices i WHERE i.payment_id = NEW.payment_id AND i.kind = 'sale';
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION guard_refund()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
BEGIN
    IF (NEW.payment_id, NEW.user_id, NEW.vendor_id, NEW.amount, NEW.ends_purchase)
       IS DISTINCT FROM (OLD.payment_id, OLD.user_id, OLD.vendor_id, OLD.amount, OLD.ends_purchase)
       OR OLD.state = 'completed' AND NEW.state <> 'completed' THEN
        RAISE EXCEPTION 'refund %: % -> % is not a step', OLD.id, OLD.state, NEW.state USING ERRCODE = 'ST004';
    END IF;
    IF NEW.state = 'completed' THEN
        NEW.settled_at := coalesce(NEW.settled_at, clock_timestamp());
    END IF;
    RETURN NEW;
END
$$;

-- What a month is worth to the next purchase is what was paid for it and kept.

CREATE OR REPLACE FUNCTION activate_month(p_payment_id uuid, p_ref_number text DEFAULT NULL::text, p_card_number text DEFAULT NULL::text)
 RETURNS uuid
 LANGUAGE plpgsql
AS $$
DECLARE
    v_payment payments;
    v_owner_id uuid;
    v_now timestamptz;
    v_running subscription_periods;
    v_replaced subscription_periods;
    v_last subscription_periods;
    v_starts_now boolean;
    v_anchor timestamptz;
    v_month integer := 0;
    v_conversions integer;
    v_images integer;
    v_value bigint;
    v_left integer;
    v_of integer;
    v_short integer;
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
    SELECT * INTO v_replaced FROM subscription_periods WHERE id = v_payment.replaces_period_id FOR NO KEY UPDATE;
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

    v_conversions := v_payment.conversions_limit;
    v_images := v_payment.images_limit;
    IF v_payment.credit > 0 THEN
        SELECT amount - given_back(id) + credit INTO v_value FROM payments WHERE id = v_replaced.payment_id
           AND v_replaced.replaced_by IS NULL AND NOT EXISTS (SELECT 1 FROM payment_refunds WHERE payment_id = v_replaced.payment_id AND ends_purchase);
        IF FOUND THEN
            -- So much of the quota must be left for the credit to be worth what it is.
            SELECT left_over, of_all INTO v_left, v_of FROM quota_left(v_replaced);
            v_short := greatest(ceil(v_of::numeric * v_payment.credit / v_value) - v_left, 0);
            IF v_payment.conversions_limit > 0 THEN
                v_conversions := greatest(v_conversions - v_short, 0);
            ELSE
                v_images := greatest(v_images - v_short, 0);
            END IF;
            -- One that ended by itself meanwhile is spent as well.
            IF v_replaced.ends_at <= v_now THEN
                UPDATE subscription_periods SET replaced_by = p_payment_id, cut_rest = INTERVAL '0' WHERE id = v_replaced.id;
            END IF;
        ELSE
            v_conversions := ceil(v_conversions::numeric * v_payment.amount / (v_payment.amount + v_payment.credit));
            v_images := ceil(v_images::numeric * v_payment.amount / (v_payment.amount + v_payment.credit));
        END IF;
    END IF;

    IF v_starts_now THEN
        v_anchor := v_now;
        UPDATE subscription_periods
           SET ends_at = v_now,
               replaced_by = CASE WHEN payment_id IS NOT NULL THEN p_payment_id END,
               cut_rest = CASE WHEN payment_id IS NOT NULL THEN ends_at - v_now END
         WHERE id = v_running.id;
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
         period_month(v_anchor, v_month), period_month(v_anchor, v_month + 1), v_conversions, v_images)
    RETURNING id INTO v_period_id;

    UPDATE payments
       SET status = 'completed',
           gateway_ref_number = coalesce(p_ref_number, gateway_ref_number),
           gateway_card_number = coalesce(p_card_number, gateway_card_number),
           paid_at = coalesce(paid_at, v_now)
     WHERE id = p_payment_id;
    IF v_attention IS NOT NULL THEN
        INSERT INTO payment_concerns (payment_id, reason) VALUES (p_payment_id, v_attention) ON CONFLICT DO NOTHING;
    END IF;
    PERFORM show_current_plan(v_owner_id);
    RETURN v_period_id;
END
$$;

-- Below, what was "given back" is what a refund ended.

CREATE OR REPLACE FUNCTION refund_effect(p_payment_id uuid, p_now timestamp with time zone, OUT blocked_by uuid, OUT gone subscription_periods, OUT back subscription_periods, OUT followers uuid[])
 RETURNS record
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
DECLARE
    v_next subscription_periods;
    v_end timestamptz;
BEGIN
    -- A purchase that took nothing off blocks only what would be brought back over it.
    SELECT x.id INTO blocked_by FROM subscription_periods s JOIN payments x ON x.id = s.replaced_by
     WHERE s.payment_id = p_payment_id AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = x.id AND r.ends_purchase)
       AND (x.credit > 0 OR EXISTS (SELECT 1 FROM subscription_periods o WHERE o.replaced_by = p_payment_id AND whole_end(o) > p_now));
    followers := '{}';
    SELECT * INTO gone FROM subscription_periods WHERE payment_id = p_payment_id AND ends_at > p_now;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT * INTO back FROM subscription_periods s
     WHERE s.replaced_by = p_payment_id AND whole_end(s) > p_now
       AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = s.payment_id AND r.ends_purchase);
    v_end := gone.ends_at;
    FOR v_next IN
        SELECT * FROM subscription_periods
         WHERE coalesce(user_id, vendor_id) = coalesce(gone.user_id, gone.vendor_id)
           AND starts_at >= gone.ends_at AND ends_at > starts_at
         ORDER BY starts_at
    LOOP
        EXIT WHEN v_next.starts_at <> v_end;
        followers := followers || v_next.id;
        v_end := v_next.ends_at;
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION claim_plan_reminders(p_limit integer DEFAULT 200)
 RETURNS SETOF plan_reminders
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    RETURN QUERY
    INSERT INTO plan_reminders (period_id, user_id, vendor_id, ends_at, days_before)
    SELECT due.id, due.user_id, due.vendor_id, due.ends_at, due.days_before FROM (
        SELECT p.id, p.user_id, p.vendor_id, p.ends_at,
               CASE WHEN p.ends_at <= v_now THEN 0
                    WHEN p.ends_at <= v_now + INTERVAL '1 day' THEN 1
                    WHEN p.ends_at <= v_now + INTERVAL '3 days' THEN 3
                    ELSE 7 END AS days_before
          FROM subscription_periods p
          LEFT JOIN users u ON u.id = p.user_id
          LEFT JOIN vendors v ON v.id = p.vendor_id
         WHERE p.ends_at > v_now - INTERVAL '1 day' AND p.ends_at <= v_now + INTERVAL '7 days'
           AND p.payment_id IS NOT NULL AND p.ends_at > p.starts_at AND p.starts_at <= v_now
           AND coalesce(u.is_active AND u.plan_reminders, v.is_active AND v.plan_reminders)
           AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = p.payment_id AND r.ends_purchase)
           AND NOT EXISTS (
               SELECT 1 FROM subscription_periods f
                WHERE coalesce(f.user_id, f.vendor_id) = coalesce(p.user_id, p.vendor_id)
                  AND f.payment_id IS NOT NULL AND f.ends_at > p.ends_at AND f.ends_at > f.starts_at
           )
    ) due
     WHERE NOT EXISTS (
        SELECT 1 FROM plan_reminders r
         WHERE r.period_id = due.id AND r.ends_at = due.ends_at AND r.days_before <= due.days_before
     )
     ORDER BY due.ends_at, due.id LIMIT p_limit
    ON CONFLICT ON CONSTRAINT plan_reminders_key DO NOTHING
    RETURNING *;
END
$$;

CREATE OR REPLACE FUNCTION guard_period_time()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $$
DECLARE
    v_is_longer boolean := NEW.ends_at > OLD.ends_at OR NEW.ends_at - NEW.starts_at > OLD.ends_at - OLD.starts_at;
    v_comes_back boolean := OLD.replaced_by IS NOT NULL AND NEW.replaced_by IS NULL AND NEW.starts_at = OLD.starts_at
        AND NEW.anchor_at = OLD.anchor_at AND NEW.ends_at = whole_end(OLD);
BEGIN
    IF OLD.starts_at <= clock_timestamp() AND NEW.ends_at > OLD.ends_at AND NOT v_comes_back
       OR v_is_longer AND (
           NOT v_comes_back
           AND NEW.ends_at > period_month(NEW.anchor_at, month_of_anchor(NEW.anchor_at, NEW.starts_at) + 1)
           OR EXISTS (SELECT 1 FROM payment_refunds WHERE payment_id = NEW.payment_id AND ends_purchase))
    THEN
        RAISE EXCEPTION 'period % cannot last longer', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;

-- One reason of each kind, however many parts wait.
CREATE OR REPLACE VIEW open_concerns AS
    SELECT payment_id, reason, raised_at FROM payment_concerns
    UNION ALL
    SELECT payment_id, CASE method WHEN 'transfer' THEN 'refund_transfer' ELSE 'refund_unknown' END,
           min(CASE method WHEN 'transfer' THEN created_at ELSE created_at + INTERVAL '1 hour' END)
      FROM payment_refunds
     WHERE state <> 'completed' AND (method = 'transfer' OR created_at < clock_timestamp() - INTERVAL '1 hour')
     GROUP BY 1, 2;

-- A line of a report is matched with a part of its amount; no more lines than there are such parts.
CREATE OR REPLACE VIEW settlement_matches AS
    SELECT l.report_id, l.line, l.kind, l.deposit, l.dated, l.authority, l.ref_number, l.amount, l.fee, p.id AS payment_id,
           CASE WHEN p.id IS NULL THEN 'unknown'
                WHEN p.status <> 'completed' THEN 'unpaid'
                WHEN l.kind = 'refund' AND r.parts = 0 THEN 'notRefunded'
                WHEN CASE l.kind WHEN 'sale' THEN l.amount <> p.amount ELSE r.fitting = 0 END THEN 'amount'
                WHEN CASE l.kind WHEN 'sale' THEN 1 ELSE r.fitting END < (
                    SELECT count(*) FROM settlement_lines o
                     WHERE o.kind = l.kind AND (o.kind = 'sale' OR o.amount = l.amount)
                       AND (o.authority = l.authority OR o.ref_number = l.ref_number)) THEN 'twice'
                ELSE 'matched' END AS state
      FROM settlement_lines l
      JOIN settlement_reports t ON t.id = l.report_id
      LEFT JOIN LATERAL (
          SELECT y.* FROM payments y
           WHERE y.gateway = t.gateway AND (y.gateway_track_id = l.authority OR l.authority IS NULL AND y.gateway_ref_number = l.ref_number)
           ORDER BY y.paid_at NULLS LAST LIMIT 1) p ON true
      LEFT JOIN LATERAL (
          SELECT count(*) AS parts, count(*) FILTER (WHERE amount = l.amount) AS fitting FROM payment_refunds
           WHERE payment_id = p.id) r ON true;
