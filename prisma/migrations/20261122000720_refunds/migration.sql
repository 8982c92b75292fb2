-- From a refund to the end of a period.

-- A refund ends the period of its payment now: one that runs is cut, one ahead is voided (an empty range). It is
-- of a completed payment, never more than was paid, and once only (payment_id is unique).
CREATE OR REPLACE FUNCTION apply_refund() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE TRIGGER trg_payment_refunds_apply BEFORE INSERT ON payment_refunds FOR EACH ROW EXECUTE FUNCTION apply_refund();

-- pending -> completed or failed; failed -> pending or completed (tried again). Completed is final.
CREATE OR REPLACE FUNCTION guard_refund() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE TRIGGER trg_payment_refunds_guard BEFORE UPDATE ON payment_refunds FOR EACH ROW EXECUTE FUNCTION guard_refund();
