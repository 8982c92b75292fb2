-- What "try this look" does with a vendor's image (lib/gallery/look/kinds.ts), and what of it a conversion was charged for.

-- Region (shares of the image), the cloth's width in centimetres, shades as #rrggbb; of a conversion also where its
-- owner said that something belongs to something, at most 24 times.
CREATE FUNCTION is_look(p_look jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $function$
    SELECT jsonb_typeof(p_look) = 'object'
       AND p_look - '{region,repeatCm,shades,taps}'::text[] = '{}'
       AND (NOT p_look ? 'region' OR coalesce(jsonb_path_match(p_look,
            '$.region.type() == "object" && $.region.x >= 0 && $.region.y >= 0 && $.region.width >= 0.02 && $.region.height >= 0.02 && $.region.x + $.region.width <= 1.0001 && $.region.y + $.region.height <= 1.0001', '{}', true), false))
       AND (NOT p_look ? 'repeatCm' OR coalesce(jsonb_path_match(p_look, '$.repeatCm >= 1 && $.repeatCm <= 400', '{}', true), false))
       AND (NOT p_look ? 'shades' OR jsonb_typeof(p_look -> 'shades') = 'object'
            AND (p_look -> 'shades') - '{hair,lips,eyes,cheeks}'::text[] = '{}'
            AND NOT jsonb_path_exists(p_look, '$.shades.* ? (@.type() != "string" || !(@ like_regex "^#[0-9a-fA-F]{6}$"))'))
       AND (NOT p_look ? 'taps' OR jsonb_typeof(p_look -> 'taps') = 'array'
            AND jsonb_path_match(p_look, '$.taps.size() <= 24')
            AND NOT EXISTS (
                SELECT 1 FROM jsonb_array_elements(CASE jsonb_typeof(p_look -> 'taps') WHEN 'array' THEN p_look -> 'taps' ELSE '[]' END) AS tap
                WHERE NOT coalesce(tap ->> 'part' IN ('clothes', 'hair', 'covering', 'skin', 'background', 'person')
                    AND jsonb_path_match(tap, '$.x >= 0 && $.x <= 1 && $.y >= 0 && $.y <= 1', '{}', true), false)))
$function$;

ALTER TABLE images
    ADD COLUMN look_kind text NOT NULL DEFAULT 'light',
    ADD COLUMN look_settings jsonb NOT NULL DEFAULT '{}',
    ADD CONSTRAINT chk_images_look_kind
        CHECK (look_kind IN ('fabric', 'garment', 'hair', 'makeup', 'place', 'painting', 'light')) NOT VALID,
    ADD CONSTRAINT chk_images_look CHECK (is_look(look_settings) AND NOT look_settings ? 'taps') NOT VALID;
COMMENT ON COLUMN images.look_kind IS 'What trying a vendor''s image on does; a photo''s says nothing.';

ALTER TABLE user_conversions
    ADD COLUMN look_kind text,
    ADD COLUMN look jsonb,
    ADD CONSTRAINT chk_conversions_look_kind CHECK (look_kind IS NULL OR style_name = 'reference'
        AND look_kind IN ('fabric', 'garment', 'hair', 'makeup', 'place', 'painting', 'light')) NOT VALID,
    ADD CONSTRAINT chk_conversions_look CHECK (look IS NULL OR look_kind IS NOT NULL AND is_look(look)) NOT VALID;
COMMENT ON COLUMN user_conversions.look_kind IS
    'The kind that the reference had when this was charged; without one, as before there were kinds: light.';

-- What is charged for is what will be painted, whatever the vendor says of the image afterwards.
CREATE FUNCTION freeze_look() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
    IF NEW.style_name <> 'reference' THEN
        NEW.look := NULL;
    ELSIF NEW.look_kind IS NULL THEN
        SELECT i.look_kind, i.look_settings || coalesce(NEW.look, '{}') INTO NEW.look_kind, NEW.look
          FROM images i WHERE i.id = NEW.style_image_id;
        NEW.look_kind := coalesce(NEW.look_kind, 'light');
    END IF;
    RETURN NEW;
END
$function$;
CREATE TRIGGER trg_user_conversions_freeze_look BEFORE INSERT ON user_conversions
    FOR EACH ROW EXECUTE FUNCTION freeze_look();

CREATE FUNCTION keep_look() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
    RAISE EXCEPTION 'the look of conversion % was charged for and stays', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'chk_conversion_look_stays';
END
$function$;
CREATE TRIGGER trg_user_conversions_keep_look BEFORE UPDATE OF look_kind, look ON user_conversions
    FOR EACH ROW WHEN (OLD.look_kind IS DISTINCT FROM NEW.look_kind OR OLD.look IS DISTINCT FROM NEW.look)
    EXECUTE FUNCTION keep_look();

CREATE OR REPLACE VIEW published_images AS
    SELECT i.id, i.vendor_id, i.title, i.tags, i.file_name, i.original_url, i.thumbnail_url, i.width, i.height,
           i.thumbhash, i.created_at, i.updated_at, i.title_search, i.look_kind, i.look_settings
      FROM images i
     WHERE i.is_public AND i.type = 'vendor' AND i.deleted_at IS NULL AND i.moderation = 'accepted';

CREATE OR REPLACE VIEW visible_images AS
    SELECT i.id, i.vendor_id, i.title, i.tags, i.file_name, i.original_url, i.thumbnail_url, i.width, i.height,
           i.thumbhash, i.created_at, i.updated_at, v.handle, v.business_name, v.is_verified, i.title_search,
           i.look_kind, i.look_settings
      FROM published_images i JOIN vendors v ON v.id = i.vendor_id
     WHERE v.is_active;

-- The body of record_conversion, with what the person chose of a look beside it.
CREATE FUNCTION record_look_conversion(p_user_id uuid, p_conversion_type text, p_input_file_url text, p_style_name text, p_source_image_id uuid, p_style_image_id uuid, p_look jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_id uuid;
    v_period_id uuid;
    v_charged boolean;
    v_now timestamptz := clock_timestamp();
BEGIN
    IF p_conversion_type NOT IN ('free', 'paid') THEN
        RAISE EXCEPTION 'conversion type % is neither free nor paid', p_conversion_type USING ERRCODE = 'check_violation';
    END IF;
    IF p_source_image_id IS NOT NULL OR p_style_image_id IS NOT NULL THEN
        PERFORM check_conversion_images(p_user_id, p_source_image_id, p_style_image_id);
    END IF;

    -- The common cases, in one statement each: the conditional UPDATE takes the lock of the row that is charged and
    -- looks again at its counter, so nothing is overspent; whatever another session does meanwhile counts as done
    -- after us. Only a charge may succeed here. Refusals are made below, in statements that begin after the owner's
    -- lock was taken: a period that another session opens meanwhile would make a false one here.
    IF p_conversion_type IS DISTINCT FROM 'free' THEN
        -- The period first: it lapses, free conversions do not.
        SELECT id INTO v_period_id FROM subscription_periods
         WHERE user_id = p_user_id AND ends_at > v_now AND starts_at <= v_now AND conversions_used < conversions_limit;
    END IF;
    IF v_period_id IS NOT NULL THEN
        -- The owner's lock comes before the period's in this statement too: a row that an UPDATE waited for stays
        -- locked even when it no longer fits, and taking the owner's lock only after that would be a deadlock.
        WITH owner AS MATERIALIZED (
            SELECT id FROM users WHERE id = p_user_id AND is_active AND is_phone_verified FOR NO KEY UPDATE
        ), charged AS (
            UPDATE subscription_periods p SET conversions_used = p.conversions_used + 1
              FROM owner
             WHERE p.id = v_period_id AND p.user_id = owner.id AND p.ends_at > v_now AND p.starts_at <= v_now
               AND p.conversions_used < p.conversions_limit
            RETURNING p.id
        )
        INSERT INTO user_conversions
            (user_id, conversion_type, period_id, input_file_url, style_name, source_image_id, style_image_id, look)
        SELECT p_user_id, 'paid', charged.id, p_input_file_url, p_style_name, p_source_image_id, p_style_image_id, p_look
          FROM charged
        RETURNING id INTO v_id;
    ELSIF p_conversion_type IS DISTINCT FROM 'paid' THEN
        WITH charged AS (
            UPDATE users SET free_quota_remaining = free_quota_remaining - 1
             WHERE id = p_user_id AND free_quota_remaining > 0 AND is_active AND is_phone_verified
            RETURNING id
        )
        INSERT INTO user_conversions
            (user_id, conversion_type, input_file_url, style_name, source_image_id, style_image_id, look)
        SELECT charged.id, 'free', p_input_file_url, p_style_name, p_source_image_id, p_style_image_id, p_look FROM charged
        RETURNING id INTO v_id;
    END IF;
    IF v_id IS NOT NULL THEN
        RETURN v_id;
    END IF;

    PERFORM lock_active_user(p_user_id);
    -- The moment after the lock: what others did before us is visible, and they can do nothing more.
    v_now := clock_timestamp();
    v_period_id := NULL;
    IF p_conversion_type IS DISTINCT FROM 'free' THEN
        UPDATE subscription_periods SET conversions_used = conversions_used + 1
         WHERE user_id = p_user_id AND ends_at > v_now AND starts_at <= v_now AND conversions_used < conversions_limit
        RETURNING id INTO v_period_id;
    END IF;
    v_charged := v_period_id IS NOT NULL;
    IF NOT v_charged AND p_conversion_type IS DISTINCT FROM 'paid' THEN
        UPDATE users SET free_quota_remaining = free_quota_remaining - 1
         WHERE id = p_user_id AND free_quota_remaining > 0;
        v_charged := FOUND;
    END IF;
    IF NOT v_charged THEN
        RAISE EXCEPTION 'user % has no conversions left', p_user_id USING ERRCODE = 'ST001', HINT = 'conversions';
    END IF;

    INSERT INTO user_conversions
        (user_id, conversion_type, period_id, input_file_url, style_name, source_image_id, style_image_id, look)
    VALUES
        (p_user_id, CASE WHEN v_period_id IS NULL THEN 'free' ELSE 'paid' END, v_period_id,
         p_input_file_url, p_style_name, p_source_image_id, p_style_image_id, p_look)
    RETURNING id INTO v_id;
    RETURN v_id;
END
$function$;

-- The design's function keeps its signature: one expression, which the planner puts in place of the call.
CREATE OR REPLACE FUNCTION record_conversion(p_user_id uuid, p_conversion_type text, p_input_file_url text, p_style_name text, p_source_image_id uuid DEFAULT NULL::uuid, p_style_image_id uuid DEFAULT NULL::uuid)
 RETURNS uuid
 LANGUAGE sql
AS $function$
    SELECT record_look_conversion(p_user_id, p_conversion_type, p_input_file_url, p_style_name, p_source_image_id,
                                  p_style_image_id, NULL)
$function$;

CREATE OR REPLACE FUNCTION rerun_conversion(p_conversion_id uuid)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
DECLARE
    v_failed user_conversions;
    v_id uuid;
BEGIN
    SELECT * INTO v_failed FROM user_conversions WHERE id = p_conversion_id AND deleted_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'conversion % does not exist', p_conversion_id USING ERRCODE = 'ST003';
    ELSIF v_failed.status <> 'failed' THEN
        RAISE EXCEPTION 'conversion % has not failed', p_conversion_id USING ERRCODE = 'ST004';
    ELSIF v_failed.source_image_id IS NULL OR v_failed.style_name = 'reference' AND v_failed.style_image_id IS NULL THEN
        RAISE EXCEPTION 'what conversion % was made of is gone', p_conversion_id USING ERRCODE = 'ST003';
    END IF;
    PERFORM lock_active_user(v_failed.user_id);
    IF EXISTS (SELECT 1 FROM user_conversions WHERE rerun_of = p_conversion_id) THEN
        RAISE EXCEPTION 'conversion % was run again before', p_conversion_id USING ERRCODE = 'ST004';
    END IF;
    PERFORM check_conversion_images(v_failed.user_id, v_failed.source_image_id, v_failed.style_image_id);
    INSERT INTO user_conversions
        (user_id, conversion_type, input_file_url, style_name, source_image_id, style_image_id, charge_returned_at, rerun_of, look_kind, look)
    VALUES
        (v_failed.user_id, 'free', v_failed.input_file_url, v_failed.style_name, v_failed.source_image_id,
         v_failed.style_image_id, clock_timestamp(), p_conversion_id, v_failed.look_kind, v_failed.look)
    RETURNING id INTO v_id;
    RETURN v_id;
END
$function$;
