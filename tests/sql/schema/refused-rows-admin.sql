-- Rows that the rules of administration forbid. `what => answer`, then the statement.

-- a day on which fewer than none signed up => 23514 chk_daily_figures
INSERT INTO daily_figures (day, new_users) VALUES ('2026-01-01', -1);

-- a day with more outcomes than conversions => 23514 chk_daily_figures
INSERT INTO daily_figures (day, conversions, completed, failed) VALUES ('2026-01-01', 3, 2, 2);

-- figures of a style over three days => 23514 chk_style_figures_days
INSERT INTO style_figures (days, style_name, total, completed, failed) VALUES (3, 'oil', 0, 0, 0);

-- a style with more outcomes than conversions => 23514 chk_style_figures
INSERT INTO style_figures (days, style_name, total, completed, failed) VALUES (1, 'oil', 1, 1, 1);

-- a style whose median is slower than its slowest => 23514 chk_style_figures
INSERT INTO style_figures (days, style_name, total, completed, failed, median_ms, p95_ms) VALUES (1, 'oil', 1, 1, 0, 9, 8);

-- a snapshot that is not the only one => 23514 chk_system_snapshot_only
INSERT INTO system_snapshots (is_only, figures) VALUES (false, '{}');

-- figures of an engine over three days => 23514 chk_engine_figures_days
INSERT INTO engine_figures (days, engine, total, completed, failed) VALUES (3, 'local', 0, 0, 0);

-- an engine with more outcomes than conversions => 23514 chk_engine_figures
INSERT INTO engine_figures (days, engine, total, completed, failed) VALUES (1, 'local', 1, 1, 1);

-- a conversion by an engine whose name is a sentence => 23514 chk_conversion_engine
INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, engine) VALUES (:user, 'free', '/a', 'oil', 'An engine!');

-- an administrator of no known role => 23514 chk_admin_role
INSERT INTO admin_grants (user_id, role) VALUES (:user, 'king');

-- a second factor from before all time => 23514 chk_admin_factor_step
WITH granted AS (INSERT INTO admin_grants (user_id) VALUES (:user) RETURNING user_id)
INSERT INTO admin_factors (user_id, sealed_secret, last_step) SELECT user_id, 'sealed', -1 FROM granted;

-- a vendor's session with a second factor => 23514 chk_session_factor
INSERT INTO sessions (vendor_id, refresh_token_hash, expires_at, factor_proved_at) VALUES (:vendor, 'x', now() + interval '1 day', now());

-- a browser that says more of itself than is kept => 23514 chk_audit_origin_agent
WITH event AS (INSERT INTO audit_logs (actor_type, action, metadata) VALUES ('system', 'code.issue', '{}') RETURNING id)
INSERT INTO audit_origins (audit_id, user_agent) SELECT id, repeat('x', 401) FROM event;

-- a person's photo with scores for the public => 23514 chk_image_scores
UPDATE images SET scores = '{}' WHERE id = :photo;

-- a reason for an acceptance => 23514 chk_case_why
INSERT INTO moderation_cases (image_id, reason, decision, decided_at, why) VALUES (:photo, 'uncertain', 'accepted', now(), 'other');

-- a report of a network that is no hash => 23514 chk_image_report_network
INSERT INTO image_reports (vendor_id, reason, reporter, network) VALUES (:vendor, 'other', decode(repeat('00', 16), 'hex'), decode('00', 'hex'));

-- a number for a user and a vendor => 23514 chk_number_owner
INSERT INTO number_changes (user_id, vendor_id, to_phone) VALUES (:user, :vendor, '+989351234567');

-- a number that is lost in another way => 23514 chk_number_state
INSERT INTO number_changes (user_id, to_phone, state) VALUES (:user, '+989351234567', 'forgotten');

-- one who agrees with oneself => 23514 chk_number_two
INSERT INTO number_changes (user_id, to_phone, asked_by, agreed_by) VALUES (:user, '+989351234567', :user, :user);

-- agreed without waiting => 23514 chk_number_agreed
INSERT INTO number_changes (user_id, to_phone, state) VALUES (:user, '+989351234567', 'agreed');

-- done before anybody agreed => ST004
INSERT INTO number_changes (user_id, to_phone) VALUES (:user, '+989351234567'); UPDATE number_changes SET state = 'done';

-- another number in between => ST004
INSERT INTO number_changes (user_id, to_phone) VALUES (:user, '+989351234567'); UPDATE number_changes SET to_phone = '+989350000000';

-- a note about nobody => 23514 chk_note_owner
INSERT INTO account_notes (note) VALUES ('x');

-- a note that says nothing => 23514 chk_note_text
INSERT INTO account_notes (user_id, note) VALUES (:user, '');

-- a note that says something else later => ST004
INSERT INTO account_notes (user_id, note) VALUES (:user, 'x'); UPDATE account_notes SET note = 'y';

-- a gateway that the program does not know => 23514 chk_gateway_terms_name
INSERT INTO gateway_terms (gateway, position, least, most) VALUES ('paypal', 1, 0, 1);

-- a gateway that takes more at least than at most => 23514 chk_gateway_terms_amounts
INSERT INTO gateway_terms (gateway, position, least, most) VALUES ('zibal', 1, 10, 9);

-- what became of a message with a number that is whole => 23514 chk_message_try_mask
INSERT INTO message_tries (message_id, phone_key, phone_mask, about, outcome, detail)
VALUES (gen_random_uuid(), 'k', '+989123456789', 'phone_verify', 'sent', 'x');

-- an outcome of a message that is none => 23514 chk_message_try_outcome
INSERT INTO message_tries (message_id, phone_key, phone_mask, about, outcome, detail)
VALUES (gen_random_uuid(), 'k', '+98912***6789', 'phone_verify', 'read', 'x');

-- an answer of a provider that is a page => 23514 chk_message_try_detail
INSERT INTO message_tries (message_id, phone_key, phone_mask, about, outcome, detail)
VALUES (gen_random_uuid(), 'k', '+98912***6789', 'phone_verify', 'sent', repeat('x', 201));

-- a number that was left by neither a person nor a business => 23514 chk_old_number_type
INSERT INTO old_numbers_to_tell (phone, account_type, to_mask) VALUES ('+989120000000', 'robot', '+98912***0000');

-- a person who is suspended for nothing we know => 23514 chk_user_suspended_for
UPDATE users SET suspended_for = 'mood' WHERE id = :user;

-- a shop that is suspended for nothing we know => 23514 chk_vendor_suspended_for
UPDATE vendors SET suspended_for = 'mood' WHERE id = :vendor;

-- an announcement of no kind => 23514 chk_banner_kind
INSERT INTO site_banners (kind, fa, en, starts_at, ends_at) VALUES ('joke', 'x', 'x', now(), now() + interval '1 hour');

-- an announcement that says nothing in one language => 23514 chk_banner_text
INSERT INTO site_banners (kind, fa, en, starts_at, ends_at) VALUES ('news', 'x', '', now(), now() + interval '1 hour');

-- an announcement that ends before it begins => 23514 chk_banner_window
INSERT INTO site_banners (kind, fa, en, starts_at, ends_at) VALUES ('news', 'x', 'x', now(), now());

-- a batch without a name => 23514 chk_batch_name
INSERT INTO coupon_batches (name, value, audience, size) VALUES ('', 1, 'user', 1);

-- a batch that gives nothing => 23514 chk_batch_value
INSERT INTO coupon_batches (name, value, audience, size) VALUES ('x', 0, 'user', 1);

-- a batch for nobody we know => 23514 chk_batch_audience
INSERT INTO coupon_batches (name, value, audience, size) VALUES ('x', 1, 'cat', 1);

-- a batch of too many codes => 23514 chk_batch_size
INSERT INTO coupon_batches (name, value, audience, size) VALUES ('x', 1, 'user', 2001);

-- a batch that ends before it begins => 23514 chk_batch_window
INSERT INTO coupon_batches (name, value, audience, size, ends_at) VALUES ('x', 1, 'user', 1, now() - interval '1 day');

-- a code of a batch that can be used twice => 23514 chk_coupon_batch
INSERT INTO coupons (code, kind, value, audience, use_limit, batch_id) VALUES ('TWICE', 'gift', 1, 'user', 2, gen_random_uuid());
