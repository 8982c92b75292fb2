-- A refund of one month moves what was paid ahead of it up into its place: otherwise somebody who has paid would have
-- nothing until the month that was given back had passed.

-- Gives periods the months of an anchor from month p_first on, in the order they are named. All are emptied first: an
-- empty range overlaps nothing, so the new ranges can then be set in any order without tripping the exclusion.
CREATE FUNCTION place_periods(p_ids uuid[], p_anchor timestamptz, p_first integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE subscription_periods SET ends_at = starts_at WHERE id = ANY (p_ids);
    UPDATE subscription_periods p
       SET anchor_at = p_anchor,
           starts_at = period_month(p_anchor, p_first + moved.n::integer - 1),
           ends_at = period_month(p_anchor, p_first + moved.n::integer)
      FROM unnest(p_ids) WITH ORDINALITY AS moved(id, n)
     WHERE p.id = moved.id;
END
$$;

CREATE OR REPLACE FUNCTION rechain_periods(p_owner_id uuid, p_anchor timestamptz, p_cut_end timestamptz) RETURNS void
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
    PERFORM place_periods(v_ids, p_anchor, 1);
END
$$;

-- Ends a period and moves up those that followed it without a gap. Of a month that runs, the next one begins now, with
-- now as its anchor; of one ahead, the next takes its place and its anchor.
CREATE FUNCTION give_period_back(p_payment_id uuid, p_now timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_gone subscription_periods;
    v_next subscription_periods;
    v_ids uuid[] := '{}';
    v_end timestamptz;
BEGIN
    SELECT * INTO v_gone FROM subscription_periods WHERE payment_id = p_payment_id AND ends_at > p_now;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE subscription_periods SET ends_at = greatest(starts_at, p_now) WHERE id = v_gone.id;
    v_end := v_gone.ends_at;
    FOR v_next IN
        SELECT * FROM subscription_periods
         WHERE coalesce(user_id, vendor_id) = coalesce(v_gone.user_id, v_gone.vendor_id)
           AND starts_at >= v_gone.ends_at AND ends_at > starts_at
         ORDER BY starts_at
    LOOP
        EXIT WHEN v_next.starts_at <> v_end;
        v_ids := v_ids || v_next.id;
        v_end := v_next.ends_at;
    END LOOP;
    IF v_gone.starts_at <= p_now THEN
        PERFORM place_periods(v_ids, p_now, 0);
    ELSE
        PERFORM place_periods(v_ids, v_gone.anchor_at, month_of_anchor(v_gone.anchor_at, v_gone.starts_at));
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION apply_refund() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_payment payments;
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
    PERFORM give_period_back(NEW.payment_id, clock_timestamp());
    PERFORM show_current_plan(coalesce(NEW.user_id, NEW.vendor_id));
    RETURN NEW;
END
$$;
