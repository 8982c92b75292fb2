-- Rows that the server itself must refuse. Above each stands what it is, and what the server says: the SQLSTATE and
-- the constraint. `:user`, `:vendor` ... are rows that the test makes before.

-- a conversion type that is neither free nor paid => 23514 user_conversions_conversion_type_check
INSERT INTO user_conversions (user_id, input_file_url, style_name, conversion_type) VALUES (:user, '/a', 'oil', 'gift');

-- a conversion in an unknown state => 23514 user_conversions_status_check
INSERT INTO user_conversions (user_id, input_file_url, style_name, conversion_type, status) VALUES (:user, '/a', 'oil', 'free', 'done');

-- an image of an unknown type => 23514 chk_image_ownership
INSERT INTO images (file_name, original_url, mime_type, file_size, user_id, type) VALUES ('a', '/a', 'image/png', 1, :user, 'avatar');

-- a photo without a user => 23514 chk_image_ownership
INSERT INTO images (file_name, original_url, mime_type, file_size, type) VALUES ('a', '/a', 'image/png', 1, 'user');

-- a photo of a user and a vendor => 23514 chk_image_ownership
INSERT INTO images (file_name, original_url, mime_type, file_size, type, user_id, vendor_id) VALUES ('a', '/a', 'image/png', 1, 'user', :user, :vendor);

-- a gallery image of a user => 23514 chk_image_ownership
INSERT INTO images (file_name, original_url, mime_type, file_size, type, user_id) VALUES ('a', '/a', 'image/png', 1, 'vendor', :user);

-- a result of nobody => 23514 chk_image_ownership
INSERT INTO images (file_name, original_url, mime_type, file_size, type) VALUES ('a', '/a', 'image/png', 1, 'result');

-- a payment in an unknown state => 23514 payments_status_check
INSERT INTO payments (callback_url, return_url, user_id, plan_id, amount, status) VALUES ('/c', '/r', :user, :basic, 5, 'paid');

-- a payment of nobody => 23514 chk_payment_ownership
INSERT INTO payments (callback_url, return_url, plan_id, amount) VALUES ('/c', '/r', :pro, 5);

-- a payment of a user and a vendor => 23514 chk_payment_ownership
INSERT INTO payments (callback_url, return_url, user_id, vendor_id, plan_id, amount) VALUES ('/c', '/r', :user, :vendor, :basic, 5);

-- a session of nobody => 23514 chk_session_ownership
INSERT INTO sessions (refresh_token_hash, expires_at, user_agent) VALUES ('h', now(), 'x');

-- a session of a user and a vendor => 23514 chk_session_ownership
INSERT INTO sessions (refresh_token_hash, expires_at, user_id, vendor_id) VALUES ('h', now(), :user, :vendor);

-- a code for an unknown purpose => 23514 otps_purpose_check
INSERT INTO otps (phone, code, expires_at, purpose) VALUES ('+98', 'h', now(), 'login');

-- an audit row of an unknown kind of actor => 23514 audit_logs_actor_type_check
INSERT INTO audit_logs (action, metadata, actor_type) VALUES ('a.b', '{}', 'robot');

-- an audit row of a user and a vendor => 23514 chk_audit_ownership
INSERT INTO audit_logs (action, metadata, actor_type, user_id, vendor_id) VALUES ('a.b', '{}', 'user', :user, :vendor);

-- a phone that has an account => 23505 users_phone_key
INSERT INTO users (phone, password_hash) SELECT phone, 'x' FROM users WHERE id = :user;

-- a second count of one rate-limit window => 23505 rate_limits_unique_key_window
INSERT INTO rate_limits (key, window_start, count) VALUES ('k', 'epoch', 1), ('k', 'epoch', 2);

-- deleting a plan that was bought => 23001 payments_plan_id_fkey
DELETE FROM payment_plans WHERE id = :basic;

-- a free counter below zero => 23514 chk_user_free_quota
UPDATE users SET free_quota_remaining = -1 WHERE id = :user;

-- a gallery counter below zero => 23514 chk_vendor_free_gallery
UPDATE vendors SET free_gallery_remaining = -1 WHERE id = :vendor;

-- a shell that is active => 23514 chk_user_shell
UPDATE users SET phone = 'deleted:' || id WHERE id = :vendor OR id = :user;

-- a shell under another name => 23514 chk_vendor_shell
INSERT INTO vendors (phone, password_hash, business_name, is_active) VALUES ('deleted:me', 'x', 'x', false);

-- a plan for an unknown audience => 23514 chk_plan_audience
INSERT INTO payment_plans (name, display_name, audience) VALUES ('x', 'x', 'pets');

-- a plan with a negative price => 23514 chk_plan_not_negative
INSERT INTO payment_plans (name, display_name, price_per_month_cents) VALUES ('x', 'x', -1);

-- a user on a plan for vendors => 23514 chk_plan_audience_fits
UPDATE users SET plan_id = :pro WHERE id = :user;

-- a vendor on a plan for users => 23514 chk_plan_audience_fits
UPDATE vendors SET plan_id = :basic WHERE id = :vendor;

-- a payment of a user for a plan for vendors => 23514 chk_plan_audience_fits
INSERT INTO payments (callback_url, return_url, user_id, plan_id, amount) VALUES ('/c', '/r', :user, :pro, 5);

-- a period of a vendor on a plan for users => 23514 chk_plan_audience_fits
INSERT INTO subscription_periods (plan_id, conversions_limit, images_limit, vendor_id, anchor_at, starts_at, ends_at) VALUES (:basic, 5, 5, :vendor, now(), now(), now());

-- moving a plan to the other audience => ST004
UPDATE payment_plans SET audience = 'vendor' WHERE id = :basic;

-- a completed conversion without its result => 23514 chk_conversion_completed
INSERT INTO user_conversions (user_id, input_file_url, style_name, conversion_type, status, completed_at) VALUES (:user, '/a', 'oil', 'free', 'completed', now());

-- a completed conversion without its time => 23514 chk_conversion_completed
INSERT INTO user_conversions (user_id, input_file_url, style_name, conversion_type, status, output_file_url) VALUES (:user, '/a', 'oil', 'free', 'completed', '/b');

-- a pending conversion with a result => 23514 chk_conversion_completed
INSERT INTO user_conversions (user_id, input_file_url, style_name, conversion_type, output_file_url, completed_at) VALUES (:user, '/a', 'oil', 'free', '/b', now());

-- a failed conversion without a message => 23514 chk_conversion_failed
INSERT INTO user_conversions (user_id, input_file_url, style_name, conversion_type, status) VALUES (:user, '/a', 'oil', 'free', 'failed');

-- a pending conversion with a message => 23514 chk_conversion_failed
INSERT INTO user_conversions (user_id, input_file_url, style_name, conversion_type, error_message) VALUES (:user, '/a', 'oil', 'free', 'x');

-- an unknown failure code => 23514 chk_conversion_failure_code
INSERT INTO user_conversions (user_id, input_file_url, style_name, conversion_type, status, error_message, failure_code) VALUES (:user, '/a', 'oil', 'free', 'failed', 'x', 'bad');

-- a failure code without a failure => 23514 chk_conversion_failed
INSERT INTO user_conversions (user_id, input_file_url, style_name, conversion_type, failure_code) VALUES (:user, '/a', 'oil', 'free', 'engine');

-- a reference image under the name of a preset => 23514 chk_conversion_reference
INSERT INTO user_conversions (user_id, input_file_url, style_name, conversion_type, style_image_id) VALUES (:user, '/a', 'oil', 'free', :picture);

-- a result of two owners => 23514 chk_image_result_owner
INSERT INTO images (file_name, original_url, mime_type, file_size, type, user_id, vendor_id) VALUES ('a', '/a', 'image/png', 1, 'result', :user, :vendor);

-- a result that was charged => 23514 chk_image_pool
INSERT INTO images (file_name, original_url, mime_type, file_size, type, user_id, quota_pool) VALUES ('a', '/a', 'image/png', 1, 'result', :user, 'free');

-- an image charged to no period => 23514 chk_image_pool
INSERT INTO images (file_name, original_url, mime_type, file_size, type, user_id, quota_pool) VALUES ('a', '/a', 'image/png', 1, 'user', :user, 'period');

-- an image of negative size => 23514 chk_image_size
INSERT INTO images (file_name, original_url, mime_type, file_size, type, user_id) VALUES ('a', '/a', 'image/png', -1, 'user', :user);

-- an album with a negative count => ST004
UPDATE albums SET image_count = -1 WHERE id = :album;

-- an album count set by hand => ST004
UPDATE albums SET image_count = 3 WHERE id = :album;

-- an image of another vendor in an album => 23503 album_images_image_fkey
INSERT INTO album_images (album_id, image_id, vendor_id) VALUES (:album, :foreign, :vendor);

-- an image in the album of another vendor => 23503 album_images_album_fkey
INSERT INTO album_images (album_id, image_id, vendor_id) VALUES (:album, :foreign, :other);

-- another vendor's image as a cover => 23503 albums_cover_image_fkey
UPDATE albums SET cover_image_id = :foreign WHERE id = :album;

-- a payment of nothing => 23514 chk_payment_amount
INSERT INTO payments (callback_url, return_url, user_id, plan_id, amount) VALUES ('/c', '/r', :user, :basic, 0);

-- a payment in Tomans => 23514 chk_payment_currency
INSERT INTO payments (callback_url, return_url, user_id, plan_id, amount, currency) VALUES ('/c', '/r', :user, :basic, 5, 'IRT');

-- a payment of an unknown kind => 23514 chk_payment_kind
INSERT INTO payments (callback_url, return_url, user_id, plan_id, amount, kind) VALUES ('/c', '/r', :user, :basic, 5, 'gift');

-- a credit on a first purchase => 23514 chk_payment_credit
INSERT INTO payments (callback_url, return_url, user_id, plan_id, amount, credit) VALUES ('/c', '/r', :user, :basic, 5, 5);

-- a paid time without payment => 23514 chk_payment_paid_at
INSERT INTO payments (callback_url, return_url, user_id, plan_id, amount, paid_at) VALUES ('/c', '/r', :user, :basic, 5, now());

-- one authority of the gateway for two payments => 23505 payments_gateway_track_key
INSERT INTO payments (callback_url, return_url, user_id, plan_id, amount, gateway_track_id) VALUES ('/c', '/r', :user, :basic, 5, 'A1'), ('/c', '/r', :user, :basic, 5, 'A1');

-- a period of nobody => 23514
INSERT INTO subscription_periods (plan_id, conversions_limit, images_limit, anchor_at, starts_at, ends_at) VALUES (:basic, 5, 5, now(), now(), now());

-- a period that ends before it starts => 23514 chk_period_range
INSERT INTO subscription_periods (plan_id, conversions_limit, images_limit, user_id, anchor_at, starts_at, ends_at) VALUES (:basic, 5, 5, :user, now(), now(), now() - interval '1 s');

-- a period used beyond its limit => 23514 chk_period_conversions
INSERT INTO subscription_periods (plan_id, conversions_limit, images_limit, user_id, anchor_at, starts_at, ends_at, conversions_used) VALUES (:basic, 5, 5, :user, now(), now(), now(), 6);

-- a period used less than never => 23514 chk_period_images
INSERT INTO subscription_periods (plan_id, conversions_limit, images_limit, user_id, anchor_at, starts_at, ends_at, images_used) VALUES (:basic, 5, 5, :user, now(), now(), now(), -1);

-- two periods of one owner that overlap => 23P01 excl_period_overlap
INSERT INTO subscription_periods (user_id, plan_id, conversions_limit, images_limit, anchor_at, starts_at, ends_at) VALUES (:user, :basic, 5, 5, now(), now(), now() + interval '2 days'), (:user, :basic, 5, 5, now(), now() + interval '1 day', now() + interval '3 days');

-- a refund by an unknown way => 23514 chk_refund_method
INSERT INTO payment_refunds (payment_id, method, amount) VALUES (:payment, 'coins', 5);

-- a refund in an unknown state => 23514 chk_refund_state
INSERT INTO payment_refunds (payment_id, method, amount, state) VALUES (:payment, 'transfer', 50, 'lost');

-- a refund of more than was paid => 23514 chk_refund_amount
INSERT INTO payment_refunds (payment_id, method, amount) VALUES (:payment, 'transfer', 50001);

-- a refund of nothing => 23514 chk_refund_amount
INSERT INTO payment_refunds (payment_id, method, amount) VALUES (:payment, 'transfer', 0);

-- a grant to nobody => 23514
INSERT INTO quota_grants (resource, amount, reason) VALUES ('images', 1, 'x');

-- a grant of images to a user => 23514 chk_grant_resource
INSERT INTO quota_grants (user_id, resource, amount, reason) VALUES (:user, 'images', 1, 'x');

-- a grant of nothing => 23514 chk_grant_amount
INSERT INTO quota_grants (user_id, resource, amount, reason) VALUES (:user, 'conversions', 0, 'x');

-- a tombstone of an unknown kind of account => 23514 chk_tombstone_account_type
INSERT INTO phone_tombstones (phone_hash, account_type, free_used) VALUES ('x', 'admin', 1);

-- a tombstone of less than nothing => 23514 chk_tombstone_free_used
INSERT INTO phone_tombstones (phone_hash, account_type, free_used) VALUES ('x', 'user', -1);

-- a rate limit counted below zero => 23514 chk_rate_limit_count
INSERT INTO rate_limits (key, window_start, count) VALUES ('z', now(), -1);

-- a session that rotated less than never => 23514 chk_session_counter
INSERT INTO sessions (refresh_token_hash, expires_at, user_id, rotation_counter) VALUES ('h', now(), :user, -1);

-- a code for an unknown kind of account => 23514 chk_otp_account_type
INSERT INTO otps (phone, code, expires_at, purpose, account_type) VALUES ('+98', 'h', now(), 'phone_verify', 'admin');

-- a code asked for by nobody we know of => 23514 chk_otp_standing
INSERT INTO otps (phone, code, expires_at, purpose, standing) VALUES ('+98', 'h', now(), 'phone_verify', 'friend');

-- a code tried less than never => 23514 chk_otp_attempts
INSERT INTO otps (phone, code, expires_at, purpose, attempt_count) VALUES ('+98', 'h', now(), 'phone_verify', -1);

-- a free conversion that names a period => 23514 chk_conversion_pool
INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, period_id) VALUES (:user, 'free', '/a', 'oil', gen_random_uuid());

-- a pending conversion with a result image => 23514 chk_conversion_result
INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, result_image_id) VALUES (:user, 'free', '/a', 'oil', :photo);

-- a conversion attempted less than never => 23514 chk_conversion_counts
INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, attempts) VALUES (:user, 'free', '/a', 'oil', -1);

-- an image before the first place of an album => 23514 chk_album_image_position
INSERT INTO album_images (album_id, image_id, vendor_id, position) VALUES (:album, :picture, :vendor, -1);
