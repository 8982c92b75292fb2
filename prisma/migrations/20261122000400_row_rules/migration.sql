-- Rules that look at more than one row, or at a row before and after. Refusals carry an SQLSTATE of our own:
-- ST001 quota exceeded, ST002 account inactive or phone not verified, ST003 not found,
-- ST004 illegal change of state, ST005 not the owner.

-- updated_at ---------------------------------------------------------------------------------------------------

CREATE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE TRIGGER trg_payment_plans_updated_at BEFORE UPDATE ON payment_plans FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_users_updated_at BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_vendors_updated_at BEFORE UPDATE ON vendors FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_payments_updated_at BEFORE UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_payment_refunds_updated_at BEFORE UPDATE ON payment_refunds FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_subscription_periods_updated_at BEFORE UPDATE ON subscription_periods FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_images_updated_at BEFORE UPDATE ON images FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER trg_albums_updated_at BEFORE UPDATE ON albums FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- A plan is for users or for vendors ---------------------------------------------------------------------------

-- Since the audience of a plan never changes, looking it up once needs no lock.
CREATE FUNCTION keep_plan_audience() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audience of plan % never changes', OLD.name USING ERRCODE = 'ST004';
END
$$;

CREATE TRIGGER trg_payment_plans_audience BEFORE UPDATE OF audience ON payment_plans
    FOR EACH ROW WHEN (OLD.audience IS DISTINCT FROM NEW.audience) EXECUTE FUNCTION keep_plan_audience();

CREATE FUNCTION require_audience(p_plan_id uuid, p_audience text) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    -- An unknown plan is left to the foreign key.
    IF EXISTS (SELECT 1 FROM payment_plans WHERE id = p_plan_id AND audience <> p_audience) THEN
        RAISE EXCEPTION 'plan % is not for a %', p_plan_id, p_audience
            USING ERRCODE = 'check_violation', CONSTRAINT = 'chk_plan_audience_fits';
    END IF;
END
$$;

CREATE FUNCTION check_account_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM require_audience(NEW.plan_id, TG_ARGV[0]);
    RETURN NEW;
END
$$;

CREATE TRIGGER trg_users_plan BEFORE INSERT OR UPDATE OF plan_id ON users
    FOR EACH ROW WHEN (NEW.plan_id IS NOT NULL) EXECUTE FUNCTION check_account_plan('user');
CREATE TRIGGER trg_vendors_plan BEFORE INSERT OR UPDATE OF plan_id ON vendors
    FOR EACH ROW WHEN (NEW.plan_id IS NOT NULL) EXECUTE FUNCTION check_account_plan('vendor');

CREATE FUNCTION check_owner_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM require_audience(NEW.plan_id, CASE WHEN NEW.user_id IS NOT NULL THEN 'user' ELSE 'vendor' END);
    RETURN NEW;
END
$$;

CREATE TRIGGER trg_payments_plan BEFORE INSERT OR UPDATE OF plan_id, user_id, vendor_id ON payments
    FOR EACH ROW EXECUTE FUNCTION check_owner_plan();
CREATE TRIGGER trg_subscription_periods_plan BEFORE INSERT OR UPDATE OF plan_id, user_id, vendor_id ON subscription_periods
    FOR EACH ROW EXECUTE FUNCTION check_owner_plan();

-- Deleted accounts ---------------------------------------------------------------------------------------------

-- An account becomes a shell only when no payment of it is pending at the gateway, and never comes back.
-- Changing a unique phone takes the strongest row lock, so no payment can be made in the meantime.
CREATE FUNCTION guard_account_shell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.phone LIKE 'deleted:%' THEN
        RAISE EXCEPTION 'account % is deleted', OLD.id USING ERRCODE = 'ST004';
    END IF;
    IF EXISTS (SELECT 1 FROM payments WHERE (user_id = OLD.id OR vendor_id = OLD.id) AND status = 'pending') THEN
        RAISE EXCEPTION 'account % has a payment pending at the gateway', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER trg_users_shell BEFORE UPDATE OF phone, is_active ON users
    FOR EACH ROW WHEN (
        OLD.phone LIKE 'deleted:%' AND (OLD.phone, OLD.is_active) IS DISTINCT FROM (NEW.phone, NEW.is_active)
        OR NEW.phone LIKE 'deleted:%' AND OLD.phone NOT LIKE 'deleted:%'
    ) EXECUTE FUNCTION guard_account_shell();
CREATE TRIGGER trg_vendors_shell BEFORE UPDATE OF phone, is_active ON vendors
    FOR EACH ROW WHEN (
        OLD.phone LIKE 'deleted:%' AND (OLD.phone, OLD.is_active) IS DISTINCT FROM (NEW.phone, NEW.is_active)
        OR NEW.phone LIKE 'deleted:%' AND OLD.phone NOT LIKE 'deleted:%'
    ) EXECUTE FUNCTION guard_account_shell();

-- Extra quota --------------------------------------------------------------------------------------------------

-- A grant adds to the free counter in the same statement; a counter below zero is refused by its CHECK.
CREATE FUNCTION apply_quota_grant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.user_id IS NOT NULL THEN
        UPDATE users SET free_quota_remaining = free_quota_remaining + NEW.amount WHERE id = NEW.user_id;
    ELSE
        UPDATE vendors SET free_gallery_remaining = free_gallery_remaining + NEW.amount WHERE id = NEW.vendor_id;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER trg_quota_grants_apply AFTER INSERT ON quota_grants FOR EACH ROW EXECUTE FUNCTION apply_quota_grant();

-- A grant is kept as it was: to take it back is another grant. It may only go with its account, and only
-- forget who gave it.
CREATE FUNCTION keep_quota_grant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT 1 FROM users WHERE id = OLD.user_id)
           AND NOT EXISTS (SELECT 1 FROM vendors WHERE id = OLD.vendor_id) THEN
            RETURN OLD;
        END IF;
    ELSIF NEW.granted_by IS NULL AND to_jsonb(NEW) - 'granted_by' = to_jsonb(OLD) - 'granted_by' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'quota grant % is kept as it is', OLD.id USING ERRCODE = 'ST004';
END
$$;

CREATE TRIGGER trg_quota_grants_keep BEFORE UPDATE OR DELETE ON quota_grants FOR EACH ROW EXECUTE FUNCTION keep_quota_grant();

-- Images -------------------------------------------------------------------------------------------------------

-- Whose an image is, of what type, and what paid for it never change.
CREATE FUNCTION keep_image_charge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'owner, type and charge of image % never change', OLD.id USING ERRCODE = 'ST004';
END
$$;

CREATE TRIGGER trg_images_keep_charge BEFORE UPDATE OF user_id, vendor_id, type, quota_pool, period_id ON images
    FOR EACH ROW WHEN (
        (OLD.user_id, OLD.vendor_id, OLD.type, OLD.quota_pool, OLD.period_id)
        IS DISTINCT FROM (NEW.user_id, NEW.vendor_id, NEW.type, NEW.quota_pool, NEW.period_id)
    ) EXECUTE FUNCTION keep_image_charge();

-- A vendor's free slot comes back when its image is purged, that is when its row goes. When the vendor goes
-- too there is no row left to update, which is fine.
CREATE FUNCTION return_gallery_slot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE vendors SET free_gallery_remaining = free_gallery_remaining + 1 WHERE id = OLD.vendor_id;
    RETURN NULL;
END
$$;

CREATE TRIGGER trg_images_return_slot AFTER DELETE ON images
    FOR EACH ROW WHEN (OLD.quota_pool = 'free') EXECUTE FUNCTION return_gallery_slot();

-- Albums -------------------------------------------------------------------------------------------------------

-- Once per statement, all albums that it touched, in the order of their ids: with one trigger per row, two
-- bulk moves in opposite directions would wait for each other for ever.
CREATE FUNCTION count_album_images() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_albums uuid[];
    v_changes bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(c.album_id), array_agg(c.change) INTO v_albums, v_changes FROM (
            SELECT album_id, count(*) AS change FROM added GROUP BY album_id
        ) c;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(c.album_id), array_agg(c.change) INTO v_albums, v_changes FROM (
            SELECT album_id, -count(*) AS change FROM removed GROUP BY album_id
        ) c;
    ELSE
        SELECT array_agg(c.album_id), array_agg(c.change) INTO v_albums, v_changes FROM (
            SELECT m.album_id, sum(m.change)::bigint AS change FROM (
                SELECT album_id, 1 AS change FROM added UNION ALL SELECT album_id, -1 FROM removed
            ) m GROUP BY m.album_id HAVING sum(m.change) <> 0
        ) c;
    END IF;
    IF v_albums IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM albums WHERE id = ANY (v_albums) ORDER BY id FOR NO KEY UPDATE;
    UPDATE albums a SET image_count = a.image_count + c.change
      FROM unnest(v_albums, v_changes) AS c(album_id, change)
     WHERE a.id = c.album_id;
    RETURN NULL;
END
$$;

CREATE TRIGGER trg_album_images_added AFTER INSERT ON album_images
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_album_images();
CREATE TRIGGER trg_album_images_removed AFTER DELETE ON album_images
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_album_images();
CREATE TRIGGER trg_album_images_moved AFTER UPDATE ON album_images
    REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_album_images();

-- The count is theirs alone: a new album starts at none, and only the triggers above (one level deep) change it.
CREATE FUNCTION keep_album_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.image_count := 0;
    ELSIF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'image_count of album % is counted, not set', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER trg_albums_start_count BEFORE INSERT ON albums FOR EACH ROW EXECUTE FUNCTION keep_album_count();
CREATE TRIGGER trg_albums_keep_count BEFORE UPDATE OF image_count ON albums
    FOR EACH ROW WHEN (OLD.image_count IS DISTINCT FROM NEW.image_count) EXECUTE FUNCTION keep_album_count();

-- Audit --------------------------------------------------------------------------------------------------------

-- Append-only. A row may only forget an account that is gone (its own foreign key's SET NULL).
CREATE FUNCTION keep_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - 'user_id' - 'vendor_id' = to_jsonb(OLD) - 'user_id' - 'vendor_id'
       AND (NEW.user_id, NEW.vendor_id) IS DISTINCT FROM (OLD.user_id, OLD.vendor_id)
       AND (NEW.user_id IS NOT DISTINCT FROM OLD.user_id
            OR NEW.user_id IS NULL AND NOT EXISTS (SELECT 1 FROM users WHERE id = OLD.user_id))
       AND (NEW.vendor_id IS NOT DISTINCT FROM OLD.vendor_id
            OR NEW.vendor_id IS NULL AND NOT EXISTS (SELECT 1 FROM vendors WHERE id = OLD.vendor_id))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_logs is append-only' USING ERRCODE = 'ST004';
END
$$;

CREATE TRIGGER trg_audit_logs_keep BEFORE UPDATE OR DELETE ON audit_logs FOR EACH ROW EXECUTE FUNCTION keep_audit_log();
CREATE TRIGGER trg_audit_logs_keep_all BEFORE TRUNCATE ON audit_logs FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_log();
