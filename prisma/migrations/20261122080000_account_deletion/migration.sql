-- Deleting an account: everything that says who somebody is or shows a face goes; the row stays as an anonymous
-- shell that owns its payments and periods. Locks are taken in the order of the house: owner, period, payment,
-- conversion, image, album. Both functions answer with the ids under which bytes are stored: rows go here,
-- bytes afterwards.

-- While money may be on its way nobody disappears: whoever pays must get what was paid for.
CREATE FUNCTION refuse_while_paying(p_owner_id uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM payments
         WHERE (user_id = p_owner_id OR vendor_id = p_owner_id) AND status = 'pending'
           AND expires_at > clock_timestamp()
    ) THEN
        RAISE EXCEPTION 'a payment of % is open at the gateway', p_owner_id USING ERRCODE = 'ST004', HINT = 'payment';
    END IF;
END
$$;

-- Remembers by a keyed hash what a phone has used up of the free quota; an earlier memory is kept if it is more.
CREATE FUNCTION keep_tombstone(p_phone_hash text, p_account_type text, p_free_used integer) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO phone_tombstones (phone_hash, account_type, free_used) VALUES (p_phone_hash, p_account_type, p_free_used)
    ON CONFLICT (phone_hash, account_type)
    DO UPDATE SET free_used = greatest(phone_tombstones.free_used, EXCLUDED.free_used)
$$;

CREATE FUNCTION erase_user(p_user_id uuid, p_phone_hash text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    v_phone text;
    v_files text[];
BEGIN
    SELECT phone INTO v_phone FROM users WHERE id = p_user_id AND phone NOT LIKE 'deleted:%' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'user % is not there', p_user_id USING ERRCODE = 'ST003';
    END IF;
    PERFORM refuse_while_paying(p_user_id);
    PERFORM 1 FROM subscription_periods WHERE user_id = p_user_id ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM user_conversions WHERE user_id = p_user_id ORDER BY id FOR NO KEY UPDATE;

    -- What has not been made yet is not made any more, and not charged.
    UPDATE user_conversions SET status = 'failed', failure_code = 'cancelled', error_message = 'the account was deleted'
     WHERE user_id = p_user_id AND status IN ('pending', 'processing');
    PERFORM keep_tombstone(p_phone_hash, 'user', least(2, greatest(0, (
        (SELECT count(*) FROM user_conversions
          WHERE user_id = p_user_id AND conversion_type = 'free' AND charge_returned_at IS NULL)
        - (SELECT coalesce(sum(amount), 0) FROM quota_grants WHERE user_id = p_user_id AND amount < 0)
    )))::integer);

    v_files := ARRAY(SELECT id FROM stored_files WHERE user_id = p_user_id);
    DELETE FROM share_links WHERE conversion_id IN (SELECT id FROM user_conversions WHERE user_id = p_user_id);
    DELETE FROM images WHERE user_id = p_user_id;
    DELETE FROM stored_files WHERE user_id = p_user_id;
    -- The charges stay for the accounts, without what was converted.
    UPDATE user_conversions SET input_file_url = '', deleted_at = coalesce(deleted_at, clock_timestamp()), title = NULL,
           is_favourite = false,
           output_file_url = CASE WHEN output_file_url IS NOT NULL THEN '' END
     WHERE user_id = p_user_id;
    DELETE FROM uploads WHERE user_id = p_user_id;
    DELETE FROM sessions WHERE user_id = p_user_id;
    DELETE FROM notifications WHERE user_id = p_user_id;
    DELETE FROM agreements WHERE user_id = p_user_id;
    DELETE FROM admin_grants WHERE user_id = p_user_id;
    DELETE FROM otps WHERE phone = v_phone AND account_type = 'user' OR account_id = p_user_id;
    DELETE FROM outbox_messages WHERE phone = v_phone;
    UPDATE users SET phone = 'deleted:' || id, password_hash = '', name = NULL, avatar_url = NULL, bio = NULL,
           is_phone_verified = false, is_active = false, last_login_at = NULL
     WHERE id = p_user_id;
    RETURN QUERY SELECT unnest(v_files);
END
$$;
COMMENT ON FUNCTION erase_user(uuid, text) IS 'Erases a user; answers the ids of the files whose bytes are to go.';

-- The same for a vendor. Its images leave every gallery and the catalogue of references; results that were made
-- with them stay. Its addresses stay taken, so that nobody can pass for who was there.
CREATE FUNCTION erase_vendor(p_vendor_id uuid, p_phone_hash text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    v_phone text;
    v_files text[];
BEGIN
    SELECT phone INTO v_phone FROM vendors WHERE id = p_vendor_id AND phone NOT LIKE 'deleted:%' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'vendor % is not there', p_vendor_id USING ERRCODE = 'ST003';
    END IF;
    PERFORM refuse_while_paying(p_vendor_id);
    PERFORM 1 FROM subscription_periods WHERE vendor_id = p_vendor_id ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM user_conversions c JOIN images i ON i.id = c.style_image_id
     WHERE i.vendor_id = p_vendor_id ORDER BY c.id FOR NO KEY UPDATE OF c;

    PERFORM keep_tombstone(p_phone_hash, 'vendor', least(10, greatest(0, (
        (SELECT count(*) FROM images WHERE vendor_id = p_vendor_id AND quota_pool = 'free')
        - (SELECT coalesce(sum(amount), 0) FROM quota_grants WHERE vendor_id = p_vendor_id AND amount < 0)
    )))::integer);

    v_files := ARRAY(SELECT id FROM stored_files WHERE vendor_id = p_vendor_id);
    DELETE FROM images WHERE vendor_id = p_vendor_id;
    DELETE FROM stored_files WHERE vendor_id = p_vendor_id;
    DELETE FROM albums WHERE vendor_id = p_vendor_id;
    DELETE FROM uploads WHERE vendor_id = p_vendor_id;
    DELETE FROM sessions WHERE vendor_id = p_vendor_id;
    DELETE FROM notifications WHERE vendor_id = p_vendor_id;
    DELETE FROM gallery_days WHERE vendor_id = p_vendor_id;
    DELETE FROM otps WHERE phone = v_phone AND account_type = 'vendor' OR account_id = p_vendor_id;
    DELETE FROM outbox_messages WHERE phone = v_phone;
    UPDATE vendors SET phone = 'deleted:' || id, password_hash = '', business_name = '', avatar_url = NULL, bio = NULL,
           profile_info = '{}', contact_info = '{}', social_links = '{}', is_verified = false,
           is_phone_verified = false, is_active = false, last_login_at = NULL,
           handle = 'g' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12)
     WHERE id = p_vendor_id;
    RETURN QUERY SELECT unnest(v_files);
END
$$;
COMMENT ON FUNCTION erase_vendor(uuid, text) IS 'Erases a vendor; answers the ids of the files whose bytes are to go.';
