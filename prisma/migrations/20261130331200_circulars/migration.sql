-- A notice to one account, to a group or to all. Its text stands here once; who is told has a notice that names it.
CREATE TABLE circulars (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    audience TEXT NOT NULL,
    -- Of 'one': whose.
    user_id UUID REFERENCES users (id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors (id) ON DELETE CASCADE,
    -- Of 'shops': which.
    city TEXT,
    shop_kind TEXT,
    title_fa TEXT NOT NULL,
    title_en TEXT NOT NULL,
    text_fa TEXT NOT NULL,
    text_en TEXT NOT NULL,
    created_by UUID REFERENCES users (id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    -- How far it is: users by id, then vendors by id.
    stage TEXT NOT NULL DEFAULT 'users',
    last_id UUID,
    told BIGINT NOT NULL DEFAULT 0,
    stopped_at TIMESTAMPTZ,
    finished_at TIMESTAMPTZ,
    CONSTRAINT chk_circular_audience CHECK (audience IN ('one', 'all', 'users', 'vendors', 'planned', 'shops')),
    CONSTRAINT chk_circular_one CHECK (num_nonnulls(user_id, vendor_id) = CASE audience WHEN 'one' THEN 1 ELSE 0 END),
    CONSTRAINT chk_circular_shops CHECK (CASE audience WHEN 'shops' THEN num_nonnulls(city, shop_kind) > 0 ELSE num_nonnulls(city, shop_kind) = 0 END),
    CONSTRAINT chk_circular_title CHECK (length(title_fa) BETWEEN 1 AND 120 AND length(title_en) BETWEEN 1 AND 120),
    CONSTRAINT chk_circular_text CHECK (length(text_fa) BETWEEN 1 AND 1000 AND length(text_en) BETWEEN 1 AND 1000),
    CONSTRAINT chk_circular_told CHECK (told >= 0),
    CONSTRAINT chk_circular_stage CHECK (stage IN ('users', 'vendors')),
    CONSTRAINT chk_circular_end CHECK (stopped_at IS NULL OR finished_at IS NULL)
);
CREATE INDEX idx_circulars_created ON circulars (created_at DESC, id DESC);
CREATE INDEX idx_circulars_open ON circulars (created_at, id) WHERE stopped_at IS NULL AND finished_at IS NULL;
CREATE INDEX idx_circulars_user ON circulars (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX idx_circulars_vendor ON circulars (vendor_id) WHERE vendor_id IS NOT NULL;
CREATE INDEX idx_circulars_created_by ON circulars (created_by) WHERE created_by IS NOT NULL;

-- What was said is not said otherwise later; what was stopped or is done stays so. Six a day go to more than one account.
CREATE FUNCTION guard_circular() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path TO 'pg_catalog', 'public', 'pg_temp' AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('circulars', 0));
        IF NEW.audience <> 'one' AND 6 <= (
            SELECT count(*) FROM circulars WHERE audience <> 'one' AND created_at > clock_timestamp() - INTERVAL '24 hours') THEN
            RAISE EXCEPTION 'six circulars a day' USING ERRCODE = 'ST004', HINT = 'often';
        END IF;
        RETURN NEW;
    END IF;
    -- Only its author may go, with their account.
    IF to_jsonb(NEW) - 'created_by' IS NOT DISTINCT FROM to_jsonb(OLD) - 'created_by' THEN
        RETURN NEW;
    END IF;
    IF OLD.stopped_at IS NOT NULL OR OLD.finished_at IS NOT NULL OR NEW.told < OLD.told
       OR to_jsonb(NEW) - '{stage,last_id,told,stopped_at,finished_at}'::text[]
          IS DISTINCT FROM to_jsonb(OLD) - '{stage,last_id,told,stopped_at,finished_at}'::text[] THEN
        RAISE EXCEPTION 'circular % is said as it was', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER trg_circulars_guard BEFORE INSERT OR UPDATE ON circulars FOR EACH ROW EXECUTE FUNCTION guard_circular();

-- Whether somebody belongs to those that a circular of this moment is for. Accounts in use alone are told.
CREATE FUNCTION hears_as_user(p_audience TEXT, p_moment TIMESTAMPTZ, p_user users) RETURNS BOOLEAN LANGUAGE sql STABLE AS $$
    SELECT p_user.is_active AND p_user.created_at <= p_moment AND CASE p_audience
        WHEN 'all' THEN true
        WHEN 'users' THEN true
        WHEN 'planned' THEN EXISTS (
            SELECT 1 FROM subscription_periods s
             WHERE s.user_id = p_user.id AND s.payment_id IS NOT NULL AND s.starts_at <= p_moment AND s.ends_at > p_moment)
        ELSE false END
$$;
CREATE FUNCTION hears_as_vendor(p_audience TEXT, p_moment TIMESTAMPTZ, p_city TEXT, p_kind TEXT, p_vendor vendors) RETURNS BOOLEAN LANGUAGE sql STABLE AS $$
    SELECT p_vendor.is_active AND p_vendor.created_at <= p_moment AND CASE p_audience
        WHEN 'all' THEN true
        WHEN 'vendors' THEN true
        WHEN 'planned' THEN EXISTS (
            SELECT 1 FROM subscription_periods s
             WHERE s.vendor_id = p_vendor.id AND s.payment_id IS NOT NULL AND s.starts_at <= p_moment AND s.ends_at > p_moment)
        WHEN 'shops' THEN (p_city IS NULL OR normalize_search(p_vendor.profile_info ->> 'city') = normalize_search(p_city))
            AND (p_kind IS NULL OR p_vendor.profile_info ->> 'kind' = p_kind)
        ELSE false END
$$;

-- How many a circular would reach if it began now.
CREATE FUNCTION count_hearers(p_audience TEXT, p_city TEXT, p_kind TEXT) RETURNS BIGINT LANGUAGE sql STABLE SECURITY DEFINER
SET search_path TO 'pg_catalog', 'public', 'pg_temp' AS $$
    SELECT CASE p_audience WHEN 'one' THEN 1 ELSE
        (SELECT count(*) FROM users u WHERE hears_as_user(p_audience, clock_timestamp(), u))
        + (SELECT count(*) FROM vendors v WHERE hears_as_vendor(p_audience, clock_timestamp(), p_city, p_kind, v)) END
$$;

-- Tells the next ones of a circular, at most so many, and how far it is by then: one transaction, one sender at a time, so each is
-- told once whatever happens to the sender. Answers with how many; null when nothing is left, or another sends it now.
CREATE FUNCTION send_circular(p_id UUID, p_limit INTEGER) RETURNS INTEGER LANGUAGE plpgsql SECURITY DEFINER
SET search_path TO 'pg_catalog', 'public', 'pg_temp' AS $$
DECLARE
    v circulars;
    v_ids uuid[];
    v_data jsonb := jsonb_build_object('circular', p_id);
    v_is_over boolean;
BEGIN
    SELECT * INTO v FROM circulars WHERE id = p_id AND stopped_at IS NULL AND finished_at IS NULL FOR NO KEY UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF v.audience = 'one' THEN
        INSERT INTO notifications (user_id, vendor_id, kind, data) VALUES (v.user_id, v.vendor_id, 'operator.tell', v_data);
        UPDATE circulars SET told = 1, finished_at = clock_timestamp() WHERE id = p_id;
        RETURN 1;
    END IF;
    IF v.stage = 'users' THEN
        v_ids := ARRAY(SELECT u.id FROM users u
                        WHERE u.id > coalesce(v.last_id, '00000000-0000-0000-0000-000000000000')
                          AND hears_as_user(v.audience, v.created_at, u)
                        ORDER BY u.id LIMIT p_limit);
        INSERT INTO notifications (user_id, kind, data) SELECT id, 'operator.tell', v_data FROM unnest(v_ids) id;
    ELSE
        v_ids := ARRAY(SELECT o.id FROM vendors o
                        WHERE o.id > coalesce(v.last_id, '00000000-0000-0000-0000-000000000000')
                          AND hears_as_vendor(v.audience, v.created_at, v.city, v.shop_kind, o)
                        ORDER BY o.id LIMIT p_limit);
        INSERT INTO notifications (vendor_id, kind, data) SELECT id, 'operator.tell', v_data FROM unnest(v_ids) id;
    END IF;
    v_is_over := cardinality(v_ids) < p_limit;
    UPDATE circulars
       SET told = told + cardinality(v_ids),
           stage = CASE WHEN v_is_over THEN 'vendors' ELSE stage END,
           last_id = CASE WHEN v_is_over THEN NULL ELSE v_ids[cardinality(v_ids)] END,
           finished_at = CASE WHEN v_is_over AND v.stage = 'vendors' THEN clock_timestamp() END
     WHERE id = p_id;
    RETURN cardinality(v_ids);
END
$$;
