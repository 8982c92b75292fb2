-- The rest of a month that was taken off the price of another one: it counts once, for what of it is really left, and it
-- comes back when that other one is given back.

-- Which purchase ended this month before its time, and how much of it was left then.
ALTER TABLE subscription_periods ADD COLUMN replaced_by UUID, ADD COLUMN cut_rest INTERVAL;
ALTER TABLE subscription_periods
    ADD CONSTRAINT subscription_periods_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES payments(id) NOT VALID;
ALTER TABLE subscription_periods
    ADD CONSTRAINT chk_period_replaced CHECK ((replaced_by IS NULL) = (cut_rest IS NULL)) NOT VALID;

-- What was bought before this was written down.
UPDATE subscription_periods p
   SET replaced_by = x.id,
       cut_rest = greatest(period_month(p.anchor_at, month_of_anchor(p.anchor_at, p.starts_at) + 1) - p.ends_at, INTERVAL '0')
  FROM payments x JOIN subscription_periods n ON n.payment_id = x.id
 WHERE x.replaces_period_id = p.id AND x.status = 'completed' AND n.starts_at = p.ends_at AND p.payment_id IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = x.id);

-- When a month would have ended that was cut. Seconds, whatever a day of the session's zone is.
CREATE FUNCTION whole_end(p_period subscription_periods) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
    SELECT (p_period.ends_at AT TIME ZONE 'UTC' + coalesce(p_period.cut_rest, INTERVAL '0')) AT TIME ZONE 'UTC'
$$;

-- A month that has begun may end sooner, and later only when what cut it is given back: then where it would have ended.
-- One ahead may move, and is at most a month of its anchor. What was refunded stays over.
CREATE OR REPLACE FUNCTION guard_period_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_is_longer boolean := NEW.ends_at > OLD.ends_at OR NEW.ends_at - NEW.starts_at > OLD.ends_at - OLD.starts_at;
    v_comes_back boolean := OLD.replaced_by IS NOT NULL AND NEW.replaced_by IS NULL AND NEW.starts_at = OLD.starts_at
        AND NEW.anchor_at = OLD.anchor_at AND NEW.ends_at = whole_end(OLD);
BEGIN
    IF OLD.starts_at <= clock_timestamp() AND NEW.ends_at > OLD.ends_at AND NOT v_comes_back
       OR v_is_longer AND (
           NOT v_comes_back
           AND NEW.ends_at > period_month(NEW.anchor_at, month_of_anchor(NEW.anchor_at, NEW.starts_at) + 1)
           OR EXISTS (SELECT 1 FROM payment_refunds WHERE payment_id = NEW.payment_id))
    THEN
        RAISE EXCEPTION 'period % cannot last longer', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;

-- How much of a month was left when it was cut is what was cut, and is written once.
CREATE FUNCTION guard_period_cut() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.replaced_by IS NOT NULL AND (OLD.replaced_by IS NOT NULL OR NEW.cut_rest <> OLD.ends_at - NEW.ends_at)
       OR NEW.replaced_by IS NULL AND NEW.ends_at <> whole_end(OLD) THEN
        RAISE EXCEPTION 'period % was cut by something else, or elsewhere', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER trg_subscription_periods_cut BEFORE UPDATE OF replaced_by, cut_rest ON subscription_periods FOR EACH ROW
    WHEN ((OLD.replaced_by, OLD.cut_rest) IS DISTINCT FROM (NEW.replaced_by, NEW.cut_rest))
    EXECUTE FUNCTION guard_period_cut();

-- What is left of a month's quota, of how much: conversions, or images where a plan has none. Of what was paid for,
-- also when less was granted.
CREATE FUNCTION quota_left(p_period subscription_periods, OUT left_over integer, OUT of_all integer) LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN y.conversions_limit > 0 THEN p_period.conversions_limit - p_period.conversions_used
                ELSE p_period.images_limit - p_period.images_used END,
           CASE WHEN y.conversions_limit > 0 THEN y.conversions_limit ELSE y.images_limit END
      FROM payments y WHERE y.id = p_period.payment_id
$$;

-- Turns a confirmed payment into its period. Called again it changes nothing and answers with the same period.
--   * Nothing runs, or only a free period: the free one ends, the bought one starts now.
--   * An upgrade (or a change that was credited): the period whose rest was credited ends, the bought one starts
--     now, what was paid ahead follows it.
--   * Otherwise (renewal, downgrade, a second purchase): the bought one is appended to what is paid already, so
--     nothing that was paid is lost. So also when the credited period is over in the meantime: then a person
--     must look at the credit.
-- The money is what it is by now, so a credit that is worth less than at the click shortens what the bought month grants:
-- by what was used of the credited rest meanwhile, or, where the rest went into another purchase or was given back, to
-- what was really paid.
CREATE OR REPLACE FUNCTION activate_payment(p_payment_id uuid, p_ref_number text DEFAULT NULL, p_card_number text DEFAULT NULL)
RETURNS uuid LANGUAGE plpgsql AS $$
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
        SELECT amount + credit INTO v_value FROM payments WHERE id = v_replaced.payment_id
           AND v_replaced.replaced_by IS NULL AND NOT EXISTS (SELECT 1 FROM payment_refunds WHERE payment_id = v_replaced.payment_id);
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

-- What giving a payment back would do now: the purchase that must be given back before it, because the rest of this month
-- went into it; the month that ends; the month that it had cut, which goes on; and what follows and moves up.
CREATE FUNCTION refund_effect(
    p_payment_id uuid, p_now timestamptz,
    OUT blocked_by uuid, OUT gone subscription_periods, OUT back subscription_periods, OUT followers uuid[]
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_next subscription_periods;
    v_end timestamptz;
BEGIN
    -- A purchase that took nothing off blocks only what would be brought back over it.
    SELECT x.id INTO blocked_by FROM subscription_periods s JOIN payments x ON x.id = s.replaced_by
     WHERE s.payment_id = p_payment_id AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = x.id)
       AND (x.credit > 0 OR EXISTS (SELECT 1 FROM subscription_periods o WHERE o.replaced_by = p_payment_id AND whole_end(o) > p_now));
    followers := '{}';
    SELECT * INTO gone FROM subscription_periods WHERE payment_id = p_payment_id AND ends_at > p_now;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT * INTO back FROM subscription_periods s
     WHERE s.replaced_by = p_payment_id AND whole_end(s) > p_now
       AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = s.payment_id);
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

-- Ends a period and moves up those that followed it without a gap. Of a month that runs, the next one begins now, with
-- now as its anchor; of one ahead, the next takes its place and its anchor. Where it had cut another month it is as if it
-- had never been: that one goes on until its end with what is left of it, and the next ones follow that.
CREATE OR REPLACE FUNCTION give_period_back(p_payment_id uuid, p_now timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_effect record;
    v_back subscription_periods;
    v_gone subscription_periods;
    v_end timestamptz;
    v_month integer;
BEGIN
    SELECT * INTO v_effect FROM refund_effect(p_payment_id, p_now);
    IF v_effect.blocked_by IS NOT NULL THEN
        RAISE EXCEPTION 'the rest of payment % went into %', p_payment_id, v_effect.blocked_by USING ERRCODE = 'ST004', HINT = 'credit';
    END IF;
    v_gone := v_effect.gone;
    v_back := v_effect.back;
    IF v_gone.id IS NULL THEN
        RETURN;
    END IF;
    IF v_back.id IS NOT NULL THEN
        v_end := whole_end(v_back);
        UPDATE subscription_periods SET ends_at = starts_at WHERE id = v_gone.id;
        UPDATE subscription_periods SET ends_at = v_end, replaced_by = NULL, cut_rest = NULL WHERE id = v_back.id;
        v_month := month_of_anchor(v_back.anchor_at, v_end);
        IF period_month(v_back.anchor_at, v_month) = v_end THEN
            PERFORM place_periods(v_effect.followers, v_back.anchor_at, v_month);
        ELSE
            PERFORM place_periods(v_effect.followers, v_end, 0);
        END IF;
        RETURN;
    END IF;
    UPDATE subscription_periods SET ends_at = greatest(starts_at, p_now) WHERE id = v_gone.id;
    IF v_gone.starts_at <= p_now THEN
        PERFORM place_periods(v_effect.followers, p_now, 0);
    ELSE
        PERFORM place_periods(v_effect.followers, v_gone.anchor_at, month_of_anchor(v_gone.anchor_at, v_gone.starts_at));
    END IF;
END
$$;

-- Cards ------------------------------------------------------------------------------------------------------------

-- The first six digits and the last four, whatever the gateway says.
CREATE FUNCTION masked_card(p_card text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN length(regexp_replace(p_card, '[^0-9]', '', 'g')) <= 10 THEN p_card
                ELSE left(c, 6) || repeat('*', length(c) - 10) || right(c, 4) END
      FROM regexp_replace(p_card, '[^0-9*xX]', '', 'g') c
$$;

CREATE FUNCTION mask_payment_card() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.gateway_card_number := masked_card(NEW.gateway_card_number);
    RETURN NEW;
END
$$;

CREATE TRIGGER trg_payments_card BEFORE INSERT OR UPDATE OF gateway_card_number ON payments FOR EACH ROW
    WHEN (NEW.gateway_card_number IS NOT NULL) EXECUTE FUNCTION mask_payment_card();

-- A paid payment is a receipt: only what a person or the gateway still says about it may be written, and what was not
-- known yet. A card that was kept whole is masked all the same.
CREATE OR REPLACE FUNCTION guard_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_open CONSTANT text[] := '{attention_reason,next_check_at,checking_until,check_began_at,checked_at,returned_at,last_answer,unknown_checks,updated_at}';
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
    ELSIF OLD.status = 'completed' THEN
        OLD.gateway_card_number := masked_card(OLD.gateway_card_number);
        IF NOT to_jsonb(NEW) @> jsonb_strip_nulls(to_jsonb(OLD) - v_open) THEN
            RAISE EXCEPTION 'payment % was paid and stays as it is', OLD.id USING ERRCODE = 'ST004';
        END IF;
    END IF;
    RETURN NEW;
END
$$;

UPDATE payments SET gateway_card_number = masked_card(gateway_card_number)
 WHERE gateway_card_number IS DISTINCT FROM masked_card(gateway_card_number);

-- A reversal has no number of its own; the word stood in receipts.
UPDATE payment_refunds SET reference = NULL WHERE method = 'reversal' AND reference = 'reverse';

-- Plans ------------------------------------------------------------------------------------------------------------

-- Free, or what the gateway takes: from 10,000 Rials to a hundred million Toman. Older prices are mended when they are next changed.
ALTER TABLE payment_plans ADD CONSTRAINT chk_plan_payable
    CHECK (price_per_month_cents = 0 OR price_per_month_cents BETWEEN 10000 AND 1000000000) NOT VALID;
