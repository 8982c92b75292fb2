-- Charging an account for a conversion or an image, exactly, whatever happens at the same time. Refusals carry
-- ST001 (nothing left; the hint says of what), ST002 (inactive or unverified; the hint says which), ST003, ST005.

-- Locks ---------------------------------------------------------------------------------------------------------

-- Locks an account and refuses one that may not act. Everything that charges or opens periods of an account
-- stands in this one queue. NO KEY UPDATE, so that rows which merely refer to the account need not wait.
CREATE OR REPLACE FUNCTION lock_active_user(p_user_id uuid) RETURNS void LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION lock_active_vendor(p_vendor_id uuid) RETURNS void LANGUAGE plpgsql AS $$
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
CREATE OR REPLACE FUNCTION check_conversion_images(p_user_id uuid, p_source_image_id uuid, p_style_image_id uuid) RETURNS void
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
CREATE OR REPLACE FUNCTION record_conversion(
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
CREATE OR REPLACE FUNCTION open_user_period(p_user_id uuid, p_now timestamptz) RETURNS uuid LANGUAGE plpgsql AS $$
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
CREATE OR REPLACE FUNCTION record_image_upload(
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
