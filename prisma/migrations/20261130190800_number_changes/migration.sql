-- An account whose owner has lost its number: one administrator asks, another one agrees, and it waits before it is done.
CREATE TABLE number_changes (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    to_phone TEXT NOT NULL,
    asked_by UUID REFERENCES users(id) ON DELETE CASCADE,
    agreed_by UUID REFERENCES users(id) ON DELETE CASCADE,
    state TEXT NOT NULL DEFAULT 'asked',
    created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    -- Not done before; set when a second one agrees.
    waits_until TIMESTAMPTZ,
    settled_at TIMESTAMPTZ,
    CONSTRAINT chk_number_owner CHECK (num_nonnulls(user_id, vendor_id) = 1),
    CONSTRAINT chk_number_state CHECK (state IN ('asked', 'agreed', 'done', 'withdrawn') AND (settled_at IS NOT NULL) = (state IN ('done', 'withdrawn'))),
    CONSTRAINT chk_number_two CHECK (agreed_by <> asked_by),
    CONSTRAINT chk_number_agreed CHECK (state NOT IN ('agreed', 'done') OR waits_until IS NOT NULL)
);
-- One at a time for an account.
CREATE UNIQUE INDEX number_changes_user_key ON number_changes (user_id) WHERE settled_at IS NULL AND user_id IS NOT NULL;
CREATE UNIQUE INDEX number_changes_vendor_key ON number_changes (vendor_id) WHERE settled_at IS NULL AND vendor_id IS NOT NULL;
CREATE INDEX idx_number_changes_user ON number_changes (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX idx_number_changes_vendor ON number_changes (vendor_id) WHERE vendor_id IS NOT NULL;

CREATE FUNCTION guard_number_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    IF (NEW.user_id, NEW.vendor_id, NEW.to_phone, NEW.asked_by, NEW.created_at)
       IS DISTINCT FROM (OLD.user_id, OLD.vendor_id, OLD.to_phone, OLD.asked_by, OLD.created_at)
       OR OLD.agreed_by IS NOT NULL AND (NEW.agreed_by, NEW.waits_until) IS DISTINCT FROM (OLD.agreed_by, OLD.waits_until)
       OR OLD.settled_at IS NOT NULL THEN
        RAISE EXCEPTION 'number change % stays as it is', OLD.id USING ERRCODE = 'ST004';
    END IF;
    IF NEW.state = 'agreed' AND OLD.state = 'asked' THEN
        IF NEW.agreed_by IS NULL THEN
            RAISE EXCEPTION 'number change % needs somebody who agrees', OLD.id USING ERRCODE = 'ST004';
        END IF;
        NEW.waits_until := v_now + INTERVAL '48 hours';
    ELSIF NEW.state = 'done' AND (OLD.state <> 'agreed' OR OLD.waits_until > v_now) THEN
        RAISE EXCEPTION 'number change % waits until %', OLD.id, OLD.waits_until USING ERRCODE = 'ST004', HINT = 'number_waits';
    ELSIF NEW.state = 'asked' AND OLD.state <> 'asked' THEN
        RAISE EXCEPTION 'number change % does not go back', OLD.id USING ERRCODE = 'ST004';
    END IF;
    IF NEW.state IN ('done', 'withdrawn') THEN
        NEW.settled_at := v_now;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER trg_number_changes_guard BEFORE UPDATE ON number_changes FOR EACH ROW EXECUTE FUNCTION guard_number_change();

-- Any other change of the number ends what waits, and the end of an account takes it along.
CREATE FUNCTION settle_number_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.phone LIKE 'deleted:%' THEN
        DELETE FROM number_changes WHERE user_id = NEW.id OR vendor_id = NEW.id;
    ELSE
        UPDATE number_changes SET state = 'withdrawn'
         WHERE (user_id = NEW.id OR vendor_id = NEW.id) AND settled_at IS NULL AND to_phone <> NEW.phone;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_users_number_changes AFTER UPDATE OF phone ON users FOR EACH ROW
    WHEN (NEW.phone <> OLD.phone) EXECUTE FUNCTION settle_number_changes();
CREATE TRIGGER trg_vendors_number_changes AFTER UPDATE OF phone ON vendors FOR EACH ROW
    WHEN (NEW.phone <> OLD.phone) EXECUTE FUNCTION settle_number_changes();
