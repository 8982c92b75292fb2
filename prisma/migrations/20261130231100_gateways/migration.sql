-- A second gateway: which one a payment goes to is written on it, and settled once a session exists there.

CREATE FUNCTION guard_payment_gateway() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.gateway_track_id IS NOT NULL OR OLD.status <> 'pending' OR 'code' IN (OLD.gateway, NEW.gateway) THEN
        RAISE EXCEPTION 'payment % stays with its gateway', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER trg_payments_gateway BEFORE UPDATE OF gateway ON payments FOR EACH ROW
    WHEN (OLD.gateway IS DISTINCT FROM NEW.gateway) EXECUTE FUNCTION guard_payment_gateway();

-- What the operator wants of each: its turn, the amounts it takes, whether it takes new payments at all. Rials.
CREATE TABLE gateway_terms (
    gateway TEXT PRIMARY KEY,
    position SMALLINT NOT NULL,
    least BIGINT NOT NULL,
    most BIGINT NOT NULL,
    is_open BOOLEAN NOT NULL DEFAULT true,
    changed_by UUID REFERENCES users (id) ON DELETE SET NULL,
    changed_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT chk_gateway_terms_name CHECK (gateway IN ('zarinpal', 'zibal')),
    CONSTRAINT chk_gateway_terms_amounts CHECK (least >= 0 AND most >= least)
);

-- Whether new sessions are given out, as all processes have seen it.
CREATE TABLE gateway_circuits (
    gateway TEXT PRIMARY KEY,
    failures INTEGER NOT NULL DEFAULT 0,
    last_failure_at TIMESTAMPTZ(6),
    last_success_at TIMESTAMPTZ(6),
    closed_until TIMESTAMPTZ(6)
);
