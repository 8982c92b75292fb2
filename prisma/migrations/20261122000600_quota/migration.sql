-- What an account may still do. "Now" is always clock_timestamp(), the moment itself: now() is the start of the
-- transaction, and a period may have begun since, while we waited for a lock.

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
