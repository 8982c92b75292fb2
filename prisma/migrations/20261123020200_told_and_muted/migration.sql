-- What people are told of their conversions and of what is left, written by the database with the change itself, and what
-- they do not want to be told.

-- A row: this account is told nothing of this topic. What concerns the safety of an account and its money is no topic.
CREATE TABLE notice_mutes (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    topic TEXT NOT NULL CONSTRAINT chk_mute_topic CHECK (topic IN ('conversions', 'quota')),
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    CONSTRAINT chk_mute_owner CHECK (num_nonnulls(user_id, vendor_id) = 1),
    CONSTRAINT chk_mute_conversions CHECK (topic <> 'conversions' OR user_id IS NOT NULL)
);
COMMENT ON TABLE notice_mutes IS 'Topics that an account does not want to be told of; reminders of plans have a column of their own.';
-- What an account has muted, each topic once; also the foreign keys' own cascades.
CREATE UNIQUE INDEX idx_mutes_user ON notice_mutes (user_id, topic) WHERE user_id IS NOT NULL;
CREATE UNIQUE INDEX idx_mutes_vendor ON notice_mutes (vendor_id, topic) WHERE vendor_id IS NOT NULL;

-- What was told of a pool, so that a charge that comes back and is made again tells nothing twice.
CREATE TABLE quota_notices (
    scope UUID NOT NULL,
    resource TEXT NOT NULL CONSTRAINT chk_quota_notice_resource CHECK (resource IN ('conversions', 'images')),
    level TEXT NOT NULL CONSTRAINT chk_quota_notice_level CHECK (level IN ('low', 'used')),
    told_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    PRIMARY KEY (scope, resource, level)
);
COMMENT ON COLUMN quota_notices.scope IS 'The period, or the account for what it has free once.';

CREATE FUNCTION is_muted(p_user_id uuid, p_vendor_id uuid, p_topic text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM notice_mutes
                    WHERE topic = p_topic AND (user_id = p_user_id OR vendor_id = p_vendor_id))
$$;

-- Conversions -------------------------------------------------------------------------------------------------------

-- One unread notice of a kind counts all that ended since somebody last looked.
CREATE UNIQUE INDEX idx_notifications_unread_conversions ON notifications (user_id, kind)
    WHERE read_at IS NULL AND kind IN ('conversion.complete', 'conversion.fail');

CREATE FUNCTION tell_of_conversion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever took it back, or is gone, knows.
    IF NEW.failure_code = 'cancelled' OR is_muted(NEW.user_id, NULL, 'conversions')
       OR NOT EXISTS (SELECT 1 FROM users WHERE id = NEW.user_id AND is_active) THEN
        RETURN NULL;
    END IF;
    INSERT INTO notifications AS n (user_id, kind, data)
    VALUES (NEW.user_id, CASE NEW.status WHEN 'completed' THEN 'conversion.complete' ELSE 'conversion.fail' END,
            jsonb_build_object('count', '1', 'id', NEW.id::text))
    ON CONFLICT (user_id, kind) WHERE read_at IS NULL AND kind IN ('conversion.complete', 'conversion.fail')
    DO UPDATE SET created_at = clock_timestamp(),
        data = jsonb_build_object('count', ((n.data ->> 'count')::integer + 1)::text, 'id', EXCLUDED.data -> 'id');
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_user_conversions_tell AFTER UPDATE OF status ON user_conversions FOR EACH ROW
    WHEN (NEW.status IN ('completed', 'failed') AND OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION tell_of_conversion();

-- What is left ------------------------------------------------------------------------------------------------------

-- Tells an account once of each level of a pool.
CREATE FUNCTION tell_of_quota(p_user_id uuid, p_vendor_id uuid, p_scope uuid, p_resource text, p_left integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_level text := CASE WHEN p_left > 0 THEN 'low' ELSE 'used' END;
BEGIN
    INSERT INTO quota_notices (scope, resource, level) VALUES (p_scope, p_resource, v_level) ON CONFLICT DO NOTHING;
    IF NOT FOUND OR is_muted(p_user_id, p_vendor_id, 'quota') THEN
        RETURN;
    END IF;
    INSERT INTO notifications (user_id, vendor_id, kind, data)
    VALUES (p_user_id, p_vendor_id, 'quota.' || v_level,
            jsonb_build_object('resource', p_resource, 'left', p_left::text,
                               'pool', CASE WHEN p_scope IN (p_user_id, p_vendor_id) THEN 'free' ELSE 'period' END));
END
$$;

-- At four fifths of a period and at its end. The conditions stand in the triggers: a charge that reaches neither costs nothing.
CREATE FUNCTION tell_of_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.conversions_used > OLD.conversions_used AND NEW.conversions_used * 5 >= NEW.conversions_limit * 4 THEN
        PERFORM tell_of_quota(NEW.user_id, NEW.vendor_id, NEW.id, 'conversions', NEW.conversions_limit - NEW.conversions_used);
    END IF;
    IF NEW.images_used > OLD.images_used AND NEW.images_used * 5 >= NEW.images_limit * 4 THEN
        PERFORM tell_of_quota(NEW.user_id, NEW.vendor_id, NEW.id, 'images', NEW.images_limit - NEW.images_used);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_periods_tell AFTER UPDATE OF conversions_used, images_used ON subscription_periods FOR EACH ROW
    WHEN (NEW.conversions_used > OLD.conversions_used AND NEW.conversions_used * 5 >= NEW.conversions_limit * 4
          OR NEW.images_used > OLD.images_used AND NEW.images_used * 5 >= NEW.images_limit * 4)
    EXECUTE FUNCTION tell_of_period();

-- The free conversions are few: one is told when the last is used. Nobody is told who has a period that goes on.
CREATE FUNCTION tell_of_free_conversions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM user_conversions WHERE user_id = NEW.id)
       AND NOT EXISTS (SELECT 1 FROM user_period_at(NEW.id, clock_timestamp()) p WHERE p.conversions_used < p.conversions_limit) THEN
        PERFORM tell_of_quota(NEW.id, NULL, NEW.id, 'conversions', 0);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_users_tell AFTER UPDATE OF free_quota_remaining ON users FOR EACH ROW
    WHEN (NEW.free_quota_remaining = 0 AND OLD.free_quota_remaining > 0)
    EXECUTE FUNCTION tell_of_free_conversions();

CREATE FUNCTION tell_of_free_images() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM subscription_periods
                    WHERE vendor_id = NEW.id AND starts_at <= clock_timestamp() AND ends_at > clock_timestamp()
                      AND images_used < images_limit) THEN
        PERFORM tell_of_quota(NULL, NEW.id, NEW.id, 'images', NEW.free_gallery_remaining);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_vendors_tell AFTER UPDATE OF free_gallery_remaining ON vendors FOR EACH ROW
    WHEN (NEW.free_gallery_remaining < OLD.free_gallery_remaining AND NEW.free_gallery_remaining <= 2)
    EXECUTE FUNCTION tell_of_free_images();

-- After a gift one may be told again.
CREATE FUNCTION forget_quota_notices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM quota_notices WHERE scope = coalesce(NEW.user_id, NEW.vendor_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_grants_forget AFTER INSERT ON quota_grants FOR EACH ROW WHEN (NEW.amount > 0)
    EXECUTE FUNCTION forget_quota_notices();
