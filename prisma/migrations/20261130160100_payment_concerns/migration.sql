-- What about payments a person must look at: as many reasons beside each other as there are, each dismissed by itself.
CREATE TABLE payment_concerns (
    payment_id UUID NOT NULL REFERENCES payments(id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    raised_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT payment_concerns_pkey PRIMARY KEY (payment_id, reason),
    CONSTRAINT chk_concern_reason CHECK (length(reason) BETWEEN 1 AND 60)
);

-- A refund that waits is read from the refunds; as a reason it would outlive them, or be forgotten beside another one.
INSERT INTO payment_concerns (payment_id, reason)
SELECT id, attention_reason FROM payments
 WHERE attention_reason IS NOT NULL AND attention_reason NOT IN ('refund_transfer', 'refund_unknown');
UPDATE payments SET attention_reason = NULL WHERE attention_reason IN ('refund_transfer', 'refund_unknown');

-- The payment's own column shows the first of them, and what is written there is raised: the release before knows no other.
CREATE FUNCTION raise_concern_of_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO payment_concerns (payment_id, reason) VALUES (NEW.id, NEW.attention_reason) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

CREATE TRIGGER trg_payments_concern AFTER INSERT OR UPDATE OF attention_reason ON payments FOR EACH ROW
    WHEN (NEW.attention_reason IS NOT NULL AND NEW.attention_reason NOT IN ('refund_transfer', 'refund_unknown'))
    EXECUTE FUNCTION raise_concern_of_payment();

CREATE FUNCTION show_first_concern() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_id uuid := coalesce(NEW.payment_id, OLD.payment_id);
    v_first text;
BEGIN
    SELECT reason INTO v_first FROM payment_concerns WHERE payment_id = v_id ORDER BY raised_at, reason LIMIT 1;
    UPDATE payments SET attention_reason = v_first WHERE id = v_id AND attention_reason IS DISTINCT FROM v_first;
    RETURN NULL;
END
$$;

CREATE TRIGGER trg_payment_concerns_shown AFTER INSERT OR DELETE ON payment_concerns
    FOR EACH ROW EXECUTE FUNCTION show_first_concern();

-- All that a person must look at: what was noticed, money that somebody has to send, and refunds that the gateway has not
-- answered for an hour. The last two go when their refund is done, and cannot be dismissed.
CREATE VIEW open_concerns AS
    SELECT payment_id, reason, raised_at FROM payment_concerns
    UNION ALL
    SELECT payment_id, CASE method WHEN 'transfer' THEN 'refund_transfer' ELSE 'refund_unknown' END,
           CASE method WHEN 'transfer' THEN created_at ELSE created_at + INTERVAL '1 hour' END
      FROM payment_refunds
     WHERE state <> 'completed' AND (method = 'transfer' OR created_at < clock_timestamp() - INTERVAL '1 hour');

-- Those of one payment, first ones first, as pages and commands show them.
CREATE FUNCTION concerns_of(p_payment_id uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'since', raised_at,
               'isDismissible', reason NOT IN ('refund_transfer', 'refund_unknown')) ORDER BY raised_at, reason), '[]')
      FROM open_concerns WHERE payment_id = p_payment_id
$$;

-- Money at the gateway that is nobody's: somebody has looked, and it stays away.
ALTER TABLE stray_authorities ADD COLUMN dismissed_at TIMESTAMPTZ;

-- Checks in a row that ended without an answer that says anything: each is waited for longer than the one before.
ALTER TABLE payments ADD COLUMN unknown_checks INTEGER NOT NULL DEFAULT 0;

-- What may still be written on a paid payment: how it is followed.
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
    ELSIF OLD.status = 'completed' AND NOT to_jsonb(NEW) @> jsonb_strip_nulls(to_jsonb(OLD) - v_open) THEN
        RAISE EXCEPTION 'payment % was paid and stays as it is', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;

-- When the gateway was last asked to give it back: those that were not asked for longest come first.
ALTER TABLE payment_refunds ADD COLUMN asked_at TIMESTAMPTZ;
