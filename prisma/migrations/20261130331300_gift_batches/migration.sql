-- Many gift codes made at once, each for one use by one person. They leave as a file once.
CREATE TABLE coupon_batches (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name TEXT NOT NULL,
    -- Conversions or images that each gives.
    value BIGINT NOT NULL,
    audience TEXT NOT NULL,
    size INTEGER NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    ends_at TIMESTAMPTZ,
    created_by UUID REFERENCES users (id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    exported_at TIMESTAMPTZ,
    CONSTRAINT chk_batch_name CHECK (length(name) BETWEEN 1 AND 80),
    CONSTRAINT chk_batch_value CHECK (value BETWEEN 1 AND 1000),
    CONSTRAINT chk_batch_audience CHECK (audience IN ('user', 'vendor')),
    CONSTRAINT chk_batch_size CHECK (size BETWEEN 1 AND 2000),
    CONSTRAINT chk_batch_window CHECK (ends_at > starts_at)
);
CREATE INDEX idx_coupon_batches_created ON coupon_batches (created_at DESC, id DESC);
CREATE INDEX idx_coupon_batches_created_by ON coupon_batches (created_by) WHERE created_by IS NOT NULL;

ALTER TABLE coupons ADD COLUMN batch_id UUID;
ALTER TABLE coupons ADD CONSTRAINT coupons_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES coupon_batches (id) NOT VALID;
ALTER TABLE coupons ADD CONSTRAINT chk_coupon_batch CHECK (batch_id IS NULL OR kind = 'gift' AND use_limit = 1 AND per_person = 1) NOT VALID;

-- A batch is what it was made as, and leaves once.
CREATE FUNCTION guard_coupon_batch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path TO 'pg_catalog', 'public', 'pg_temp' AS $$
BEGIN
    IF to_jsonb(NEW) - '{exported_at,created_by}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{exported_at,created_by}'::text[]
       OR OLD.exported_at IS NOT NULL AND NEW.exported_at IS DISTINCT FROM OLD.exported_at THEN
        RAISE EXCEPTION 'batch % stays as it was made', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER trg_coupon_batches_guard BEFORE UPDATE ON coupon_batches FOR EACH ROW EXECUTE FUNCTION guard_coupon_batch();

CREATE OR REPLACE FUNCTION guard_coupon() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path TO 'pg_catalog', 'public', 'pg_temp' AS $$
BEGIN
    IF (NEW.code, NEW.kind, NEW.value, NEW.plan_id, NEW.audience, NEW.starts_at, NEW.batch_id)
       IS DISTINCT FROM (OLD.code, OLD.kind, OLD.value, OLD.plan_id, OLD.audience, OLD.starts_at, OLD.batch_id) THEN
        RAISE EXCEPTION 'what code % gives is frozen', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;
