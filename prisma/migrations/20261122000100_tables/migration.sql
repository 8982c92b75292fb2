-- Every table, in dependency order: a table stands below all that it refers to. Columns that come from
-- the product's design document stand first and in its order; what was added to them stands last.

-- btree_gist lets an exclusion constraint compare a uuid; pg_trgm searches text, Persian too.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE payment_plans (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    description TEXT,
    price_per_month_cents BIGINT NOT NULL DEFAULT 0,
    monthly_conversions_limit INTEGER NOT NULL DEFAULT 0,
    monthly_images_limit INTEGER NOT NULL DEFAULT 0,
    features TEXT[] NOT NULL DEFAULT '{}',
    is_active BOOLEAN NOT NULL DEFAULT true,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    audience TEXT NOT NULL DEFAULT 'user'
);
COMMENT ON COLUMN payment_plans.price_per_month_cents IS 'Rials; the name is historical.';

CREATE TABLE users (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    phone TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    free_quota_remaining INTEGER NOT NULL DEFAULT 2,
    plan_id UUID REFERENCES payment_plans(id) ON DELETE SET NULL,
    name TEXT,
    avatar_url TEXT,
    bio TEXT,
    is_phone_verified BOOLEAN NOT NULL DEFAULT false,
    is_active BOOLEAN NOT NULL DEFAULT true,
    last_login_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE TABLE vendors (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    phone TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    free_gallery_remaining INTEGER NOT NULL DEFAULT 10,
    plan_id UUID REFERENCES payment_plans(id) ON DELETE SET NULL,
    profile_info JSONB NOT NULL DEFAULT '{}',
    business_name TEXT NOT NULL,
    avatar_url TEXT,
    bio TEXT,
    contact_info JSONB NOT NULL DEFAULT '{}',
    social_links JSONB NOT NULL DEFAULT '{}',
    is_verified BOOLEAN NOT NULL DEFAULT false,
    is_active BOOLEAN NOT NULL DEFAULT true,
    last_login_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    is_phone_verified BOOLEAN NOT NULL DEFAULT false
);
COMMENT ON COLUMN vendors.is_verified IS 'The business badge; the phone has is_phone_verified.';

CREATE TABLE payments (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    plan_id UUID NOT NULL REFERENCES payment_plans(id) ON DELETE RESTRICT,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL DEFAULT 'IRR',
    status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'completed', 'failed', 'cancelled', 'expired')),
    payment_method TEXT NOT NULL DEFAULT 'zarinpal',
    gateway TEXT NOT NULL DEFAULT 'zarinpal',
    gateway_track_id TEXT,
    gateway_ref_number TEXT,
    gateway_card_number TEXT,
    description TEXT,
    callback_url TEXT NOT NULL,
    return_url TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    paid_at TIMESTAMPTZ,
    expires_at TIMESTAMPTZ,
    -- What was bought, frozen when the payment is made: a later change of the plan alters nothing.
    kind TEXT NOT NULL DEFAULT 'new',
    credit BIGINT NOT NULL DEFAULT 0,
    replaces_period_id UUID,
    conversions_limit INTEGER NOT NULL,
    images_limit INTEGER NOT NULL,
    attention_reason TEXT,

    CONSTRAINT chk_payment_ownership CHECK (
        (user_id IS NOT NULL AND vendor_id IS NULL) OR
        (vendor_id IS NOT NULL AND user_id IS NULL)
    )
);
COMMENT ON COLUMN payments.replaces_period_id IS 'The period whose unused rest was credited; it ends when this payment is activated.';

-- What may be charged in which time. A voided period is the empty range (starts_at = ends_at).
-- References to periods and payments are NO ACTION, not RESTRICT, and every table that refers to them has its
-- owner too: deleting an account for good cascades to all of them in one statement.
CREATE TABLE subscription_periods (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    plan_id UUID NOT NULL REFERENCES payment_plans(id) ON DELETE NO ACTION,
    payment_id UUID UNIQUE REFERENCES payments(id) ON DELETE NO ACTION,
    anchor_at TIMESTAMPTZ NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    conversions_limit INTEGER NOT NULL,
    conversions_used INTEGER NOT NULL DEFAULT 0,
    images_limit INTEGER NOT NULL,
    images_used INTEGER NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);
COMMENT ON COLUMN subscription_periods.payment_id IS 'Null for a free period.';
COMMENT ON COLUMN subscription_periods.anchor_at IS 'Month n of the subscription starts at anchor + n months, counted in Tehran.';

ALTER TABLE payments ADD CONSTRAINT payments_replaces_period_id_fkey
    FOREIGN KEY (replaces_period_id) REFERENCES subscription_periods(id) ON DELETE NO ACTION;

CREATE TABLE payment_refunds (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    payment_id UUID NOT NULL UNIQUE REFERENCES payments(id) ON DELETE NO ACTION,
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    method TEXT NOT NULL,
    amount BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',
    reason TEXT,
    reference TEXT,
    requested_by UUID REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    settled_at TIMESTAMPTZ
);

CREATE TABLE images (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    type VARCHAR(20) NOT NULL CHECK (type IN ('user', 'vendor', 'result')),
    file_name TEXT NOT NULL,
    original_url TEXT NOT NULL,
    thumbnail_url TEXT,
    file_size BIGINT NOT NULL,
    mime_type TEXT NOT NULL,
    width INTEGER,
    height INTEGER,
    is_public BOOLEAN NOT NULL DEFAULT false,
    tags TEXT[] DEFAULT '{}',
    metadata JSONB DEFAULT '{}',
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    -- What paid for it; null for results.
    quota_pool TEXT,
    period_id UUID REFERENCES subscription_periods(id) ON DELETE NO ACTION,
    thumbhash TEXT,

    CONSTRAINT chk_image_ownership CHECK (
        (type = 'user' AND user_id IS NOT NULL AND vendor_id IS NULL) OR
        (type = 'vendor' AND vendor_id IS NOT NULL AND user_id IS NULL) OR
        (type = 'result' AND (user_id IS NOT NULL OR vendor_id IS NOT NULL))
    ),
    -- For the composite references of albums: an album holds only images of its own vendor.
    CONSTRAINT images_vendor_id_id_key UNIQUE (vendor_id, id)
);

CREATE TABLE user_conversions (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    conversion_type TEXT NOT NULL CHECK (conversion_type IN ('free', 'paid')),
    input_file_url TEXT NOT NULL,
    output_file_url TEXT,
    style_name TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'completed', 'failed')),
    error_message TEXT,
    processing_time_ms INTEGER,
    file_size_bytes BIGINT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    completed_at TIMESTAMPTZ,
    source_image_id UUID REFERENCES images(id) ON DELETE SET NULL,
    style_image_id UUID REFERENCES images(id) ON DELETE SET NULL,
    result_image_id UUID REFERENCES images(id) ON DELETE SET NULL,
    period_id UUID REFERENCES subscription_periods(id) ON DELETE NO ACTION,
    charge_returned_at TIMESTAMPTZ,
    failure_code TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    first_claimed_at TIMESTAMPTZ,
    claimed_at TIMESTAMPTZ,
    stage TEXT,
    deleted_at TIMESTAMPTZ
);
COMMENT ON COLUMN user_conversions.attempts IS 'The fence: a worker''s writes hold only for the attempt it claimed.';

CREATE TABLE albums (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    vendor_id UUID NOT NULL REFERENCES vendors(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT,
    is_public BOOLEAN NOT NULL DEFAULT false,
    image_count INTEGER NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    cover_image_id UUID,

    CONSTRAINT albums_vendor_id_id_key UNIQUE (vendor_id, id),
    CONSTRAINT albums_cover_image_fkey FOREIGN KEY (vendor_id, cover_image_id)
        REFERENCES images(vendor_id, id) ON DELETE SET NULL (cover_image_id)
);

CREATE TABLE album_images (
    album_id UUID NOT NULL,
    image_id UUID NOT NULL,
    vendor_id UUID NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    added_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),

    PRIMARY KEY (album_id, image_id),
    CONSTRAINT album_images_album_fkey FOREIGN KEY (vendor_id, album_id)
        REFERENCES albums(vendor_id, id) ON DELETE CASCADE,
    CONSTRAINT album_images_image_fkey FOREIGN KEY (vendor_id, image_id)
        REFERENCES images(vendor_id, id) ON DELETE CASCADE
);

-- Extra quota: a row is kept for every change of a free counter that is not a charge or its return.
CREATE TABLE quota_grants (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    resource TEXT NOT NULL,
    amount INTEGER NOT NULL,
    reason TEXT NOT NULL,
    granted_by UUID REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

-- What a deleted account had used, under a keyed hash of its phone: signing up again renews nothing.
CREATE TABLE phone_tombstones (
    phone_hash TEXT NOT NULL,
    account_type TEXT NOT NULL,
    free_used INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),

    PRIMARY KEY (phone_hash, account_type)
);

CREATE TABLE admin_grants (
    user_id UUID PRIMARY KEY REFERENCES users(id) ON DELETE CASCADE,
    granted_by UUID REFERENCES users(id) ON DELETE SET NULL,
    granted_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

CREATE TABLE rate_limits (
    id BIGSERIAL PRIMARY KEY,
    key TEXT NOT NULL,
    window_start TIMESTAMPTZ NOT NULL,
    count INT NOT NULL,
    CONSTRAINT rate_limits_unique_key_window UNIQUE (key, window_start)
);

CREATE TABLE sessions (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    refresh_token_hash TEXT NOT NULL,
    user_agent TEXT,
    ip INET,
    last_used_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ NULL,
    rotation_counter INT NOT NULL DEFAULT 0,
    -- Two v4 uuids: 244 random bits without an extension.
    token_salt TEXT NOT NULL DEFAULT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
    rotated_at TIMESTAMPTZ,
    current_used_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    absolute_expires_at TIMESTAMPTZ NOT NULL DEFAULT NOW() + INTERVAL '90 days',

    CONSTRAINT chk_session_ownership CHECK (
        (user_id IS NOT NULL AND vendor_id IS NULL) OR
        (vendor_id IS NOT NULL AND user_id IS NULL)
    )
);

CREATE TABLE otps (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    phone TEXT NOT NULL,
    code TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('phone_verify','password_reset')),
    expires_at TIMESTAMPTZ NOT NULL,
    consumed_at TIMESTAMPTZ NULL,
    attempt_count INT NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    account_type TEXT NOT NULL DEFAULT 'user',
    account_id UUID,
    browser_hash TEXT,
    -- What waits for the code: the name and password hash that this browser gave at sign-up.
    pending JSONB
);
COMMENT ON COLUMN otps.code IS 'A keyed hash, never the code itself.';

CREATE TABLE audit_logs (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID REFERENCES users(id) ON DELETE SET NULL,
    vendor_id UUID REFERENCES vendors(id) ON DELETE SET NULL,
    actor_type TEXT NOT NULL CHECK (actor_type IN ('system','user','vendor','admin')),
    action TEXT NOT NULL,
    resource TEXT,
    resource_id TEXT,
    metadata JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),

    CONSTRAINT chk_audit_ownership CHECK (
        (user_id IS NOT NULL AND vendor_id IS NULL) OR
        (vendor_id IS NOT NULL AND user_id IS NULL) OR
        (user_id IS NULL AND vendor_id IS NULL)
    )
);
