-- The second wall: whoever is not the owner of the tables sees the rows of the accounts that act, whatever a WHERE says.
-- What each role may do at all stands in lib/db/walls/rights.ts and is applied after every migration.

-- Of whom `app.account` speaks: an array of ids, or nobody. It is set for one transaction, by whoever connects.
CREATE FUNCTION acting_accounts() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE current_setting('app.account', true) WHEN 'system' THEN '{}'::uuid[]
    ELSE coalesce(nullif(current_setting('app.account', true), ''), '{}')::uuid[] END
$$;

CREATE FUNCTION acts_as_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(current_setting('app.account', true) = 'system', false)
$$;

-- As sub-selects they are asked once a statement, not once a row.
CREATE POLICY own_rows ON payments
  USING ((SELECT acts_as_system()) OR user_id = ANY ((SELECT acting_accounts())::uuid[])
    OR vendor_id = ANY ((SELECT acting_accounts())::uuid[]));
CREATE POLICY own_rows ON subscription_periods
  USING ((SELECT acts_as_system()) OR user_id = ANY ((SELECT acting_accounts())::uuid[])
    OR vendor_id = ANY ((SELECT acting_accounts())::uuid[]));
CREATE POLICY own_rows ON sessions
  USING ((SELECT acts_as_system()) OR user_id = ANY ((SELECT acting_accounts())::uuid[])
    OR vendor_id = ANY ((SELECT acting_accounts())::uuid[]));
CREATE POLICY own_rows ON images
  USING ((SELECT acts_as_system()) OR user_id = ANY ((SELECT acting_accounts())::uuid[])
    OR vendor_id = ANY ((SELECT acting_accounts())::uuid[]));
-- What everybody sees is shown to everybody; who may change it is decided above.
CREATE POLICY public_rows ON images FOR SELECT USING (is_public);
CREATE POLICY own_rows ON user_conversions
  USING ((SELECT acts_as_system()) OR user_id = ANY ((SELECT acting_accounts())::uuid[]));

ALTER TABLE payments ENABLE ROW LEVEL SECURITY;
ALTER TABLE subscription_periods ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE images ENABLE ROW LEVEL SECURITY;
ALTER TABLE user_conversions ENABLE ROW LEVEL SECURITY;

-- The session that a cookie names, before anybody acts: by its id, and no other.
CREATE FUNCTION find_live_session(p_kind text, p_session_id uuid, p_grace_seconds integer)
RETURNS TABLE (session_id uuid, account_id uuid, phone text, name text, avatar_url text, generation integer,
  is_stale boolean, is_fresh boolean, is_grace boolean, token_salt text, ends_in_seconds integer)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  IF p_kind = 'user' THEN
    RETURN QUERY
      SELECT s.id, a.id, a.phone, a.name, a.avatar_url, s.rotation_counter,
        s.last_used_at < clock_timestamp() - interval '1 minute', s.current_used_at IS NULL,
        s.current_used_at IS NULL OR s.current_used_at > clock_timestamp() - make_interval(secs => p_grace_seconds),
        s.token_salt, ceil(extract(epoch FROM s.absolute_expires_at - clock_timestamp()))::integer
      FROM sessions s JOIN users a ON a.id = s.user_id
      WHERE s.id = p_session_id AND s.revoked_at IS NULL AND s.expires_at > clock_timestamp()
        AND s.absolute_expires_at > clock_timestamp() AND a.is_active AND a.is_phone_verified;
  ELSE
    RETURN QUERY
      SELECT s.id, a.id, a.phone, a.business_name, a.avatar_url, s.rotation_counter,
        s.last_used_at < clock_timestamp() - interval '1 minute', s.current_used_at IS NULL,
        s.current_used_at IS NULL OR s.current_used_at > clock_timestamp() - make_interval(secs => p_grace_seconds),
        s.token_salt, ceil(extract(epoch FROM s.absolute_expires_at - clock_timestamp()))::integer
      FROM sessions s JOIN vendors a ON a.id = s.vendor_id
      WHERE s.id = p_session_id AND s.revoked_at IS NULL AND s.expires_at > clock_timestamp()
        AND s.absolute_expires_at > clock_timestamp() AND a.is_active AND a.is_phone_verified;
  END IF;
END
$$;

-- How many conversions wait with this one and before it, counted no further than a bound: a number about everybody, of
-- which nobody learns more.
CREATE FUNCTION conversions_ahead(p_created_at timestamptz, p_conversion_type text, p_id uuid, p_bound integer)
RETURNS integer LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT count(*)::integer FROM (
      SELECT 1 FROM user_conversions ahead
      WHERE ahead.status = 'pending'
        AND (conversion_turn(ahead.created_at, ahead.conversion_type), ahead.created_at, ahead.id)
          <= (conversion_turn(p_created_at, p_conversion_type), p_created_at, p_id)
      LIMIT p_bound) places);
END
$$;

-- Ends an account that the program made for itself: one that never paid. What is only its own goes with it.
CREATE FUNCTION discard_account(p_account_id uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM payments WHERE p_account_id IN (user_id, vendor_id)) THEN
    RAISE EXCEPTION 'account % has payments and is kept', p_account_id USING ERRCODE = 'ST004';
  END IF;
  DELETE FROM users WHERE id = p_account_id;
  DELETE FROM vendors WHERE id = p_account_id;
END
$$;
