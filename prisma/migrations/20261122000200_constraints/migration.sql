-- What a single row, or two rows of one owner, may never say.

ALTER TABLE payment_plans
    ADD CONSTRAINT chk_plan_audience CHECK (audience IN ('user', 'vendor')),
    ADD CONSTRAINT chk_plan_not_negative CHECK (
        price_per_month_cents >= 0 AND monthly_conversions_limit >= 0 AND monthly_images_limit >= 0
    );

-- A deleted account stays as an anonymous shell that owns its payments and periods. Nobody can sign in as one.
ALTER TABLE users
    ADD CONSTRAINT chk_user_free_quota CHECK (free_quota_remaining >= 0),
    ADD CONSTRAINT chk_user_shell CHECK (
        phone NOT LIKE 'deleted:%' OR (phone = 'deleted:' || id::text AND NOT is_active)
    );
ALTER TABLE vendors
    ADD CONSTRAINT chk_vendor_free_gallery CHECK (free_gallery_remaining >= 0),
    ADD CONSTRAINT chk_vendor_shell CHECK (
        phone NOT LIKE 'deleted:%' OR (phone = 'deleted:' || id::text AND NOT is_active)
    );

ALTER TABLE user_conversions
    ADD CONSTRAINT chk_conversion_completed CHECK (
        (status = 'completed') = (completed_at IS NOT NULL)
        AND (status = 'completed') = (output_file_url IS NOT NULL)
    ),
    ADD CONSTRAINT chk_conversion_failed CHECK (
        (status = 'failed') = (error_message IS NOT NULL)
        AND (failure_code IS NULL OR status = 'failed')
    ),
    ADD CONSTRAINT chk_conversion_failure_code CHECK (
        failure_code IN ('cancelled', 'deadline', 'engine', 'refused', 'input', 'internal')
    ),
    ADD CONSTRAINT chk_conversion_result CHECK (result_image_id IS NULL OR status = 'completed'),
    ADD CONSTRAINT chk_conversion_pool CHECK (conversion_type = 'paid' OR period_id IS NULL),
    ADD CONSTRAINT chk_conversion_reference CHECK (style_image_id IS NULL OR style_name = 'reference'),
    ADD CONSTRAINT chk_conversion_counts CHECK (
        attempts >= 0 AND coalesce(processing_time_ms, 0) >= 0 AND coalesce(file_size_bytes, 0) >= 0
    );

ALTER TABLE images
    ADD CONSTRAINT chk_image_result_owner CHECK (type <> 'result' OR num_nonnulls(user_id, vendor_id) = 1),
    ADD CONSTRAINT chk_image_pool CHECK (
        quota_pool IN ('free', 'period')
        AND (quota_pool IS NULL OR type <> 'result')
        AND (quota_pool IS DISTINCT FROM 'free' OR type = 'vendor')
        AND (quota_pool IS NOT DISTINCT FROM 'period') = (period_id IS NOT NULL)
    ),
    ADD CONSTRAINT chk_image_size CHECK (file_size >= 0 AND coalesce(width, 1) > 0 AND coalesce(height, 1) > 0);

ALTER TABLE albums ADD CONSTRAINT chk_album_image_count CHECK (image_count >= 0);
ALTER TABLE album_images ADD CONSTRAINT chk_album_image_position CHECK (position >= 0);

ALTER TABLE payments
    ADD CONSTRAINT chk_payment_amount CHECK (amount > 0 AND credit >= 0 AND conversions_limit >= 0 AND images_limit >= 0),
    -- Rials only: mixing them with Tomans is the tenfold mistake of this trade.
    ADD CONSTRAINT chk_payment_currency CHECK (currency = 'IRR'),
    ADD CONSTRAINT chk_payment_kind CHECK (kind IN ('new', 'renewal', 'upgrade', 'downgrade')),
    -- Only a change of plan gives up a running period, and so only it is credited for one.
    ADD CONSTRAINT chk_payment_credit CHECK (
        (credit = 0 AND replaces_period_id IS NULL) OR kind IN ('upgrade', 'downgrade')
    ),
    ADD CONSTRAINT chk_payment_paid_at CHECK (paid_at IS NULL OR status = 'completed'),
    -- One authority of the gateway is one payment (many nulls are fine: not yet handed over).
    ADD CONSTRAINT payments_gateway_track_key UNIQUE (gateway, gateway_track_id);

ALTER TABLE payment_refunds
    ADD CONSTRAINT chk_refund_ownership CHECK (num_nonnulls(user_id, vendor_id) = 1),
    ADD CONSTRAINT chk_refund_method CHECK (method IN ('reversal', 'transfer')),
    ADD CONSTRAINT chk_refund_state CHECK (state IN ('pending', 'completed', 'failed')),
    ADD CONSTRAINT chk_refund_amount CHECK (amount > 0);

ALTER TABLE subscription_periods
    ADD CONSTRAINT chk_period_ownership CHECK (num_nonnulls(user_id, vendor_id) = 1),
    ADD CONSTRAINT chk_period_range CHECK (starts_at <= ends_at AND anchor_at <= starts_at),
    ADD CONSTRAINT chk_period_conversions CHECK (0 <= conversions_used AND conversions_used <= conversions_limit),
    ADD CONSTRAINT chk_period_images CHECK (0 <= images_used AND images_used <= images_limit),
    -- Over the two nullable columns it would never fire, so the owner is one expression.
    ADD CONSTRAINT excl_period_overlap EXCLUDE USING gist (
        coalesce(user_id, vendor_id) WITH =,
        tstzrange(starts_at, ends_at) WITH &&
    );

ALTER TABLE quota_grants
    ADD CONSTRAINT chk_grant_ownership CHECK (num_nonnulls(user_id, vendor_id) = 1),
    ADD CONSTRAINT chk_grant_resource CHECK (
        (user_id IS NOT NULL AND resource = 'conversions') OR (vendor_id IS NOT NULL AND resource = 'images')
    ),
    ADD CONSTRAINT chk_grant_amount CHECK (amount <> 0);

ALTER TABLE phone_tombstones
    ADD CONSTRAINT chk_tombstone_account_type CHECK (account_type IN ('user', 'vendor')),
    ADD CONSTRAINT chk_tombstone_free_used CHECK (free_used >= 0);

ALTER TABLE rate_limits ADD CONSTRAINT chk_rate_limit_count CHECK (count >= 0);
ALTER TABLE sessions ADD CONSTRAINT chk_session_counter CHECK (rotation_counter >= 0);
ALTER TABLE otps
    ADD CONSTRAINT chk_otp_account_type CHECK (account_type IN ('user', 'vendor')),
    ADD CONSTRAINT chk_otp_attempts CHECK (attempt_count >= 0);
