-- What an account may still do, and charging it. "Now" is always clock_timestamp(), the moment itself:
-- now() is the start of the transaction, and a period may have begun since, while we waited for a lock.

-- Month n of an anchor, counted on Tehran's calendar day and clock: 31 January -> 28 February -> 31 March.
-- The time zone is fixed here, so that no session's own setting can move a boundary.
CREATE FUNCTION period_month(p_anchor timestamptz, p_month integer) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ((p_anchor AT TIME ZONE 'Asia/Tehran') + make_interval(months => p_month)) AT TIME ZONE 'Asia/Tehran'
$$;

-- The period of an account that contains a moment; a voided (empty) period contains none.
CREATE FUNCTION user_period_at(p_user_id uuid, p_at timestamptz) RETURNS SETOF subscription_periods
LANGUAGE sql STABLE AS $$
    SELECT * FROM subscription_periods WHERE user_id = p_user_id AND ends_at > p_at AND starts_at <= p_at
$$;

CREATE FUNCTION vendor_period_at(p_vendor_id uuid, p_at timestamptz) RETURNS SETOF subscription_periods
LANGUAGE sql STABLE AS $$
    SELECT * FROM subscription_periods WHERE vendor_id = p_vendor_id AND ends_at > p_at AND starts_at <= p_at
$$;

-- Questions ----------------------------------------------------------------------------------------------------

CREATE FUNCTION get_user_quota_status(p_user_id uuid)
RETURNS TABLE (
    plan_name text, free_remaining integer,
    paid_limit integer, paid_used integer, paid_remaining integer, total_remaining integer,
    images_limit integer, images_used integer, images_remaining integer,
    period_start timestamptz, period_end timestamptz
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    -- Without a period the free plan speaks: its period is opened at the first upload.
    RETURN QUERY
    SELECT coalesce(own.name, free.name),
           u.free_quota_remaining,
           coalesce(p.conversions_limit, 0),
           coalesce(p.conversions_used, 0),
           coalesce(p.conversions_limit - p.conversions_used, 0),
           u.free_quota_remaining + coalesce(p.conversions_limit - p.conversions_used, 0),
           coalesce(p.images_limit, free.monthly_images_limit, 0),
           coalesce(p.images_used, 0),
           coalesce(p.images_limit - p.images_used, free.monthly_images_limit, 0),
           p.starts_at,
           p.ends_at
      FROM users u
      LEFT JOIN user_period_at(p_user_id, v_now) p ON true
      LEFT JOIN payment_plans own ON own.id = p.plan_id
      LEFT JOIN payment_plans free ON free.name = 'free'
     WHERE u.id = p_user_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'user % does not exist', p_user_id USING ERRCODE = 'ST003';
    END IF;
END
$$;

CREATE FUNCTION get_vendor_quota_status(p_vendor_id uuid)
RETURNS TABLE (
    plan_name text, free_remaining integer,
    paid_limit integer, paid_used integer, paid_remaining integer, total_remaining integer,
    period_start timestamptz, period_end timestamptz
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    RETURN QUERY
    SELECT coalesce(own.name, free.name),
           v.free_gallery_remaining,
           coalesce(p.images_limit, 0),
           coalesce(p.images_used, 0),
           coalesce(p.images_limit - p.images_used, 0),
           v.free_gallery_remaining + coalesce(p.images_limit - p.images_used, 0),
           p.starts_at,
           p.ends_at
      FROM vendors v
      LEFT JOIN vendor_period_at(p_vendor_id, v_now) p ON true
      LEFT JOIN payment_plans own ON own.id = p.plan_id
      LEFT JOIN payment_plans free ON free.name = 'vendor_free'
     WHERE v.id = p_vendor_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'vendor % does not exist', p_vendor_id USING ERRCODE = 'ST003';
    END IF;
END
$$;

-- 'free' or 'paid' asks for that pool alone, NULL for either.
CREATE FUNCTION can_user_convert(p_user_id uuid, p_conversion_type text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM users u
         WHERE u.id = p_user_id AND u.is_active AND u.is_phone_verified
           AND (coalesce(p_conversion_type, 'free') = 'free' AND u.free_quota_remaining > 0
                OR coalesce(p_conversion_type, 'paid') = 'paid' AND EXISTS (
                    SELECT 1 FROM user_period_at(p_user_id, v_now) p WHERE p.conversions_used < p.conversions_limit
                ))
    );
END
$$;

CREATE FUNCTION can_vendor_upload_image(p_vendor_id uuid, p_is_free boolean DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM vendors v
         WHERE v.id = p_vendor_id AND v.is_active AND v.is_phone_verified
           AND (coalesce(p_is_free, true) AND v.free_gallery_remaining > 0
                OR NOT coalesce(p_is_free, false) AND EXISTS (
                    SELECT 1 FROM vendor_period_at(p_vendor_id, v_now) p WHERE p.images_used < p.images_limit
                ))
    );
END
$$;

-- Locks ---------------------------------------------------------------------------------------------------------

-- Locks an account and refuses one that may not act. Everything that charges or opens periods of an account
-- stands in this one queue. NO KEY UPDATE, so that rows which merely refer to the account need not wait.
CREATE FUNCTION lock_active_user(p_user_id uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_is_active boolean;
    v_is_verified boolean;
BEGIN
    SELECT is_active, is_phone_verified INTO v_is_active, v_is_verified
      FROM users WHERE id = p_user_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'user % does not exist', p_user_id USING ERRCODE = 'ST003';
    ELSIF NOT v_is_active THEN
        RAISE EXCEPTION 'user % is not active', p_user_id USING ERRCODE = 'ST002', HINT = 'inactive';
    ELSIF NOT v_is_verified THEN
        RAISE EXCEPTION 'the phone of user % is not verified', p_user_id USING ERRCODE = 'ST002', HINT = 'unverified';
    END IF;
END
$$;

CREATE FUNCTION lock_active_vendor(p_vendor_id uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_is_active boolean;
    v_is_verified boolean;
BEGIN
    SELECT is_active, is_phone_verified INTO v_is_active, v_is_verified
      FROM vendors WHERE id = p_vendor_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'vendor % does not exist', p_vendor_id USING ERRCODE = 'ST003';
    ELSIF NOT v_is_active THEN
        RAISE EXCEPTION 'vendor % is not active', p_vendor_id USING ERRCODE = 'ST002', HINT = 'inactive';
    ELSIF NOT v_is_verified THEN
        RAISE EXCEPTION 'the phone of vendor % is not verified', p_vendor_id USING ERRCODE = 'ST002', HINT = 'unverified';
    END IF;
END
$$;

-- Conversions ----------------------------------------------------------------------------------------------------

-- The photo must be the user's own; the reference a public image of an active vendor. A stranger's private
-- image as reference is simply not found.
CREATE FUNCTION check_conversion_images(p_user_id uuid, p_source_image_id uuid, p_style_image_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_owner uuid;
BEGIN
    IF p_source_image_id IS NOT NULL THEN
        SELECT user_id INTO v_owner FROM images WHERE id = p_source_image_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'image % does not exist', p_source_image_id USING ERRCODE = 'ST003';
        ELSIF v_owner IS DISTINCT FROM p_user_id THEN
            RAISE EXCEPTION 'image % does not belong to user %', p_source_image_id, p_user_id USING ERRCODE = 'ST005';
        END IF;
    END IF;
    IF p_style_image_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM images i JOIN vendors v ON v.id = i.vendor_id
         WHERE i.id = p_style_image_id AND i.type = 'vendor' AND i.is_public AND v.is_active
    ) THEN
        RAISE EXCEPTION 'reference image % does not exist', p_style_image_id USING ERRCODE = 'ST003';
    END IF;
END
$$;

-- Charges one conversion and inserts it, pending. Exact under any concurrency.
CREATE FUNCTION record_conversion(
    p_user_id uuid, p_conversion_type text, p_input_file_url text, p_style_name text,
    p_source_image_id uuid DEFAULT NULL, p_style_image_id uuid DEFAULT NULL
) RETURNS uuid LANGUAGE plpgsql AS $$
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
            (user_id, conversion_type, period_id, input_file_url, style_name, source_image_id, style_image_id)
        SELECT p_user_id, 'paid', charged.id, p_input_file_url, p_style_name, p_source_image_id, p_style_image_id
          FROM charged
        RETURNING id INTO v_id;
    ELSIF p_conversion_type IS DISTINCT FROM 'paid' THEN
        WITH charged AS (
            UPDATE users SET free_quota_remaining = free_quota_remaining - 1
             WHERE id = p_user_id AND free_quota_remaining > 0 AND is_active AND is_phone_verified
            RETURNING id
        )
        INSERT INTO user_conversions
            (user_id, conversion_type, input_file_url, style_name, source_image_id, style_image_id)
        SELECT charged.id, 'free', p_input_file_url, p_style_name, p_source_image_id, p_style_image_id FROM charged
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
        (user_id, conversion_type, period_id, input_file_url, style_name, source_image_id, style_image_id)
    VALUES
        (p_user_id, CASE WHEN v_period_id IS NULL THEN 'free' ELSE 'paid' END, v_period_id,
         p_input_file_url, p_style_name, p_source_image_id, p_style_image_id)
    RETURNING id INTO v_id;
    RETURN v_id;
END
$$;

-- Images -----------------------------------------------------------------------------------------------------------

-- The user's current period; the free one of a month is opened when there is none. It gives way to a paid
-- period that begins earlier. The caller holds the owner's lock.
CREATE FUNCTION open_user_period(p_user_id uuid, p_now timestamptz) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    v_period_id uuid;
BEGIN
    SELECT id INTO v_period_id FROM user_period_at(p_user_id, p_now);
    IF v_period_id IS NULL THEN
        INSERT INTO subscription_periods (user_id, plan_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
        SELECT p_user_id, free.id, p_now, p_now,
               least(period_month(p_now, 1), (
                   SELECT min(p.starts_at) FROM subscription_periods p
                    WHERE p.user_id = p_user_id AND p.ends_at > p.starts_at AND p.starts_at > p_now
               )),
               0, free.monthly_images_limit
          FROM payment_plans free
         WHERE free.name = 'free'
        RETURNING id INTO v_period_id;
    END IF;
    RETURN v_period_id;
END
$$;

-- Charges one image and inserts it. Results are not charged. A user's photo counts in the current period, a
-- vendor's in the free gallery first, then in the current period.
CREATE FUNCTION record_image_upload(
    p_user_id uuid, p_vendor_id uuid, p_type varchar, p_file_name text, p_original_url text, p_thumbnail_url text,
    p_file_size bigint, p_mime_type text, p_width integer DEFAULT NULL, p_height integer DEFAULT NULL,
    p_is_public boolean DEFAULT false, p_tags text[] DEFAULT '{}', p_metadata jsonb DEFAULT '{}'
) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    v_id uuid;
    v_now timestamptz;
    v_pool text;
    v_period_id uuid;
BEGIN
    IF p_type = 'user' AND p_user_id IS NOT NULL THEN
        PERFORM lock_active_user(p_user_id);
        v_now := clock_timestamp();
        v_period_id := open_user_period(p_user_id, v_now);
        UPDATE subscription_periods SET images_used = images_used + 1
         WHERE id = v_period_id AND images_used < images_limit
        RETURNING id INTO v_period_id;
    ELSIF p_type = 'vendor' AND p_vendor_id IS NOT NULL THEN
        PERFORM lock_active_vendor(p_vendor_id);
        v_now := clock_timestamp();
        UPDATE vendors SET free_gallery_remaining = free_gallery_remaining - 1
         WHERE id = p_vendor_id AND free_gallery_remaining > 0;
        IF FOUND THEN
            v_pool := 'free';
        ELSE
            UPDATE subscription_periods SET images_used = images_used + 1
             WHERE vendor_id = p_vendor_id AND ends_at > v_now AND starts_at <= v_now AND images_used < images_limit
            RETURNING id INTO v_period_id;
        END IF;
    END IF;
    IF v_period_id IS NOT NULL THEN
        v_pool := 'period';
    ELSIF v_pool IS NULL AND (p_type = 'user' AND p_user_id IS NOT NULL OR p_type = 'vendor' AND p_vendor_id IS NOT NULL) THEN
        RAISE EXCEPTION '% % has no images left', p_type, coalesce(p_user_id, p_vendor_id)
            USING ERRCODE = 'ST001', HINT = 'images';
    END IF;

    -- A wrong type or owner is left to the CHECKs of the table: the charge is rolled back with the statement.
    INSERT INTO images
        (user_id, vendor_id, type, file_name, original_url, thumbnail_url, file_size, mime_type, width, height,
         is_public, tags, metadata, quota_pool, period_id)
    VALUES
        (p_user_id, p_vendor_id, p_type, p_file_name, p_original_url, p_thumbnail_url, p_file_size, p_mime_type,
         p_width, p_height, p_is_public, p_tags, p_metadata, v_pool, v_period_id)
    RETURNING id INTO v_id;
    RETURN v_id;
END
$$;
