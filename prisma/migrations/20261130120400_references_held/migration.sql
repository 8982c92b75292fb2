-- A photo or a reference that is purged while it is being charged for is not found (ST003): a foreign key's own
-- refusal would look like a fault of ours. The rows are held until the end, so whoever purges waits for the charge.

CREATE FUNCTION hold_conversion_images(p_source_image_id uuid, p_style_image_id uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_found integer;
BEGIN
    PERFORM 1 FROM images WHERE id IN (p_source_image_id, p_style_image_id) ORDER BY id FOR KEY SHARE;
    GET DIAGNOSTICS v_found = ROW_COUNT;
    IF v_found < num_nonnulls(p_source_image_id, p_style_image_id) THEN
        RAISE EXCEPTION 'image % or % is gone', p_source_image_id, p_style_image_id USING ERRCODE = 'ST003';
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION record_look_conversion(p_user_id uuid, p_conversion_type text, p_input_file_url text, p_style_name text, p_source_image_id uuid, p_style_image_id uuid, p_look jsonb)
RETURNS uuid
LANGUAGE plpgsql AS $$
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
    -- after us. The pictures are held after the owner, in the order of the house. Only a charge may succeed here.
    -- Refusals are made below, in statements that begin after the owner's lock was taken: a period that another session
    -- opens meanwhile would make a false one here.
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
            RETURNING p.id, p.user_id
        )
        INSERT INTO user_conversions
            (user_id, conversion_type, period_id, input_file_url, style_name, source_image_id, style_image_id, look)
        SELECT p_user_id, 'paid', charged.id, p_input_file_url, p_style_name, p_source_image_id, p_style_image_id, p_look
          FROM charged
         WHERE (p_source_image_id IS NULL OR EXISTS (
               SELECT 1 FROM images i WHERE i.id = p_source_image_id AND i.user_id = charged.user_id FOR KEY SHARE))
           AND (p_style_image_id IS NULL OR EXISTS (
               SELECT 1 FROM images i WHERE i.id = p_style_image_id AND i.vendor_id <> charged.user_id FOR KEY SHARE))
        RETURNING id INTO v_id;
    ELSIF p_conversion_type IS DISTINCT FROM 'paid' THEN
        WITH charged AS (
            UPDATE users SET free_quota_remaining = free_quota_remaining - 1
             WHERE id = p_user_id AND free_quota_remaining > 0 AND is_active AND is_phone_verified
            RETURNING id AS user_id
        )
        INSERT INTO user_conversions
            (user_id, conversion_type, input_file_url, style_name, source_image_id, style_image_id, look)
        SELECT charged.user_id, 'free', p_input_file_url, p_style_name, p_source_image_id, p_style_image_id, p_look
          FROM charged
         WHERE (p_source_image_id IS NULL OR EXISTS (
               SELECT 1 FROM images i WHERE i.id = p_source_image_id AND i.user_id = charged.user_id FOR KEY SHARE))
           AND (p_style_image_id IS NULL OR EXISTS (
               SELECT 1 FROM images i WHERE i.id = p_style_image_id AND i.vendor_id <> charged.user_id FOR KEY SHARE))
        RETURNING id INTO v_id;
    END IF;
    IF v_id IS NOT NULL THEN
        RETURN v_id;
    END IF;

    PERFORM lock_active_user(p_user_id);
    -- Whoever was charged above and got nothing has lost a picture meanwhile: refused here, the charge is undone.
    PERFORM hold_conversion_images(p_source_image_id, p_style_image_id);
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
$$;

CREATE OR REPLACE FUNCTION rerun_conversion(p_conversion_id uuid)
RETURNS uuid
LANGUAGE plpgsql AS $$
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
    PERFORM hold_conversion_images(v_failed.source_image_id, v_failed.style_image_id);
    INSERT INTO user_conversions
        (user_id, conversion_type, input_file_url, style_name, source_image_id, style_image_id, charge_returned_at, rerun_of, look_kind, look)
    VALUES
        (v_failed.user_id, 'free', v_failed.input_file_url, v_failed.style_name, v_failed.source_image_id,
         v_failed.style_image_id, clock_timestamp(), p_conversion_id, v_failed.look_kind, v_failed.look)
    RETURNING id INTO v_id;
    RETURN v_id;
END
$$;
