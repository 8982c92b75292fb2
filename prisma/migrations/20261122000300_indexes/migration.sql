-- Each index names the query that needs it. Lists are read newest first and paged by (created_at, id).
-- Columns of foreign keys are indexed where the parent can be deleted.

-- Accounts of a plan (administration), and SET NULL when a plan goes.
CREATE INDEX idx_users_plan ON users (plan_id) WHERE plan_id IS NOT NULL;
CREATE INDEX idx_vendors_plan ON vendors (plan_id) WHERE plan_id IS NOT NULL;
-- The list of accounts (administration); new accounts of a day (statistics).
CREATE INDEX idx_users_created ON users (created_at DESC, id DESC);
CREATE INDEX idx_vendors_created ON vendors (created_at DESC, id DESC);
-- Searching vendors by a part of their name, Persian or Latin: business_name ILIKE '%...%'.
CREATE INDEX idx_vendors_business_name_trgm ON vendors USING gin (business_name gin_trgm_ops);
-- Vendors by a detail of their profile: profile_info @> '{"city": "..."}'.
CREATE INDEX idx_vendors_profile_info ON vendors USING gin (profile_info jsonb_path_ops);

-- A person's history.
CREATE INDEX idx_conversions_user_history ON user_conversions (user_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
-- Every conversion of an account: cascade of a real delete, proof of the accounts.
CREATE INDEX idx_conversions_user ON user_conversions (user_id);
-- How many wait before mine.
CREATE INDEX idx_conversions_waiting ON user_conversions (created_at, id) WHERE status = 'pending';
-- The sweep for work that nobody carries on, and for charges to return after the deadline.
CREATE INDEX idx_conversions_running ON user_conversions (first_claimed_at, id) WHERE status = 'processing';
-- The list of conversions (administration), conversions of the last day (statistics).
CREATE INDEX idx_conversions_created ON user_conversions (created_at DESC, id DESC);
-- Failed conversions, newest first (administration).
CREATE INDEX idx_conversions_failed ON user_conversions (created_at DESC, id DESC) WHERE status = 'failed';
-- What a period was charged for: proof of the accounts.
CREATE INDEX idx_conversions_period ON user_conversions (period_id) WHERE period_id IS NOT NULL;
-- SET NULL when an image goes; conversions made from this photo, and with this reference.
CREATE INDEX idx_conversions_source_image ON user_conversions (source_image_id) WHERE source_image_id IS NOT NULL;
CREATE INDEX idx_conversions_style_image ON user_conversions (style_image_id) WHERE style_image_id IS NOT NULL;
CREATE INDEX idx_conversions_result_image ON user_conversions (result_image_id) WHERE result_image_id IS NOT NULL;

-- A person's photos and results: user_id and type, newest first.
CREATE INDEX idx_images_user ON images (user_id, type, created_at DESC, id DESC) WHERE user_id IS NOT NULL;
-- A vendor's own library, newest first.
CREATE INDEX idx_images_vendor ON images (vendor_id, created_at DESC, id DESC) WHERE vendor_id IS NOT NULL;
-- The public gallery, newest first, of all vendors and of one.
CREATE INDEX idx_images_public ON images (created_at DESC, id DESC) WHERE is_public AND type = 'vendor';
CREATE INDEX idx_images_vendor_public ON images (vendor_id, created_at DESC, id DESC) WHERE is_public AND type = 'vendor';
-- Public images by tag: tags @> ARRAY['...'].
CREATE INDEX idx_images_tags ON images USING gin (tags);
-- Images by a detail of their metadata: metadata @> '{"sha256": "..."}'.
CREATE INDEX idx_images_metadata ON images USING gin (metadata jsonb_path_ops);
-- What a period was charged for: proof of the accounts.
CREATE INDEX idx_images_period ON images (period_id) WHERE period_id IS NOT NULL;

-- A vendor's albums, and the public ones of all.
CREATE INDEX idx_albums_vendor ON albums (vendor_id, created_at DESC, id DESC);
CREATE INDEX idx_albums_public ON albums (created_at DESC, id DESC) WHERE is_public;
-- Searching albums by a part of their name.
CREATE INDEX idx_albums_name_trgm ON albums USING gin (name gin_trgm_ops);
-- SET NULL when the cover's image goes.
CREATE INDEX idx_albums_cover ON albums (vendor_id, cover_image_id) WHERE cover_image_id IS NOT NULL;
-- An album's images in their order.
CREATE INDEX idx_album_images_position ON album_images (album_id, position, image_id);
-- The albums that hold an image; cascade when the image goes.
CREATE INDEX idx_album_images_image ON album_images (vendor_id, image_id);
-- Cascade when the album goes.
CREATE INDEX idx_album_images_album ON album_images (vendor_id, album_id);

-- A person's and a vendor's payments, newest first.
CREATE INDEX idx_payments_user ON payments (user_id, created_at DESC, id DESC) WHERE user_id IS NOT NULL;
CREATE INDEX idx_payments_vendor ON payments (vendor_id, created_at DESC, id DESC) WHERE vendor_id IS NOT NULL;
-- The list of payments (administration).
CREATE INDEX idx_payments_created ON payments (created_at DESC, id DESC);
-- The sweep for pending payments past their expiry.
CREATE INDEX idx_payments_pending_expiry ON payments (expires_at, id) WHERE status = 'pending';
-- Payments that a person must look at.
CREATE INDEX idx_payments_attention ON payments (created_at DESC, id DESC) WHERE attention_reason IS NOT NULL;
-- Revenue of the last day and month.
CREATE INDEX idx_payments_paid ON payments (paid_at) WHERE status = 'completed';
-- RESTRICT of a plan that was ever bought.
CREATE INDEX idx_payments_plan ON payments (plan_id);
CREATE INDEX idx_payments_replaces_period ON payments (replaces_period_id) WHERE replaces_period_id IS NOT NULL;
-- Refunds not settled yet; refunds of an account.
CREATE INDEX idx_refunds_pending ON payment_refunds (created_at, id) WHERE state = 'pending';
CREATE INDEX idx_refunds_user ON payment_refunds (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX idx_refunds_vendor ON payment_refunds (vendor_id) WHERE vendor_id IS NOT NULL;
CREATE INDEX idx_refunds_requested_by ON payment_refunds (requested_by) WHERE requested_by IS NOT NULL;

-- The period that contains now, on every charge; the periods ahead, on every payment.
CREATE INDEX idx_periods_user ON subscription_periods (user_id, ends_at) WHERE user_id IS NOT NULL;
CREATE INDEX idx_periods_vendor ON subscription_periods (vendor_id, ends_at) WHERE vendor_id IS NOT NULL;
-- The sweep for periods that have ended.
CREATE INDEX idx_periods_ended ON subscription_periods (ends_at, id);
CREATE INDEX idx_periods_plan ON subscription_periods (plan_id);

-- Grants of an account: proof of the accounts.
CREATE INDEX idx_grants_user ON quota_grants (user_id, created_at DESC, id DESC) WHERE user_id IS NOT NULL;
CREATE INDEX idx_grants_vendor ON quota_grants (vendor_id, created_at DESC, id DESC) WHERE vendor_id IS NOT NULL;
CREATE INDEX idx_grants_granted_by ON quota_grants (granted_by) WHERE granted_by IS NOT NULL;
CREATE INDEX idx_admin_grants_granted_by ON admin_grants (granted_by) WHERE granted_by IS NOT NULL;

-- Loading today's windows at start, and the sweep of old ones.
CREATE INDEX idx_rate_limits_window ON rate_limits (window_start);

-- "Where am I signed in", latest used first, and ending them all.
CREATE INDEX idx_sessions_user ON sessions (user_id, last_used_at DESC) WHERE user_id IS NOT NULL;
CREATE INDEX idx_sessions_vendor ON sessions (vendor_id, last_used_at DESC) WHERE vendor_id IS NOT NULL;
-- The sweep of sessions that are over.
CREATE INDEX idx_sessions_expires ON sessions (expires_at);

-- The latest code of a phone for a purpose.
CREATE INDEX idx_otps_phone ON otps (phone, account_type, purpose, created_at DESC);
-- The sweep of codes that are over.
CREATE INDEX idx_otps_expires ON otps (expires_at);

-- The audit viewer: everything, one person, one vendor, one kind of event, one target; newest first.
CREATE INDEX idx_audit_created ON audit_logs (created_at DESC, id DESC);
CREATE INDEX idx_audit_user ON audit_logs (user_id, created_at DESC, id DESC) WHERE user_id IS NOT NULL;
CREATE INDEX idx_audit_vendor ON audit_logs (vendor_id, created_at DESC, id DESC) WHERE vendor_id IS NOT NULL;
CREATE INDEX idx_audit_action ON audit_logs (action, created_at DESC, id DESC);
CREATE INDEX idx_audit_resource ON audit_logs (resource, resource_id, created_at DESC, id DESC) WHERE resource_id IS NOT NULL;
-- Events by a detail: metadata @> '{...}'.
CREATE INDEX idx_audit_metadata ON audit_logs USING gin (metadata jsonb_path_ops);
