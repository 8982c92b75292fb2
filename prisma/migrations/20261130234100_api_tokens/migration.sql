-- Personal tokens: what a program of an account's owner shows in place of a session. Of the token its SHA-256 alone is
-- kept: it is 256 random bits, which nobody guesses.
CREATE TABLE api_tokens (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid REFERENCES users (id) ON DELETE CASCADE,
    vendor_id uuid REFERENCES vendors (id) ON DELETE CASCADE,
    name text NOT NULL,
    token_hash text NOT NULL,
    hint text NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT chk_token_owner CHECK (num_nonnulls(user_id, vendor_id) = 1),
    CONSTRAINT chk_token_name CHECK (char_length(name) BETWEEN 1 AND 60),
    CONSTRAINT chk_token_hash CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT chk_token_hint CHECK (char_length(hint) = 4),
    CONSTRAINT chk_token_scopes CHECK (cardinality(scopes) > 0 AND scopes <@ CASE
        WHEN user_id IS NOT NULL
            THEN ARRAY['account:read', 'photos:read', 'photos:write', 'conversions:read', 'conversions:write']
        ELSE ARRAY['account:read', 'gallery:read', 'gallery:write', 'insight:read'] END)
);
CREATE UNIQUE INDEX uq_api_tokens_hash ON api_tokens (token_hash);
CREATE INDEX idx_api_tokens_user ON api_tokens (user_id);
CREATE INDEX idx_api_tokens_vendor ON api_tokens (vendor_id);

-- What a request under an Idempotency-Key was answered, for a day. The id is made of the account and the key.
CREATE TABLE api_answers (
    id uuid PRIMARY KEY,
    user_id uuid REFERENCES users (id) ON DELETE CASCADE,
    vendor_id uuid REFERENCES vendors (id) ON DELETE CASCADE,
    request_hash text NOT NULL,
    -- NULL while the request is worked on.
    status smallint,
    body text,
    claimed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT chk_answer_owner CHECK (num_nonnulls(user_id, vendor_id) = 1),
    CONSTRAINT chk_answer_hash CHECK (request_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT chk_answer_status CHECK (status BETWEEN 200 AND 499),
    CONSTRAINT chk_answer_body CHECK ((body IS NULL OR status IS NOT NULL) AND char_length(body) <= 65536)
);
CREATE INDEX idx_api_answers_user ON api_answers (user_id);
CREATE INDEX idx_api_answers_vendor ON api_answers (vendor_id);
CREATE INDEX idx_api_answers_claimed ON api_answers (claimed_at);

CREATE POLICY own_rows ON api_tokens
  USING ((SELECT acts_as_system()) OR user_id = ANY ((SELECT acting_accounts())::uuid[])
    OR vendor_id = ANY ((SELECT acting_accounts())::uuid[]));
CREATE POLICY own_rows ON api_answers
  USING ((SELECT acts_as_system()) OR user_id = ANY ((SELECT acting_accounts())::uuid[])
    OR vendor_id = ANY ((SELECT acting_accounts())::uuid[]));
ALTER TABLE api_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_answers ENABLE ROW LEVEL SECURITY;

-- The token that a request shows, before anybody acts: by its hash, and no other. Of an account that may not act there is none.
CREATE FUNCTION find_live_token(p_hash text)
RETURNS TABLE (token_id uuid, kind text, account_id uuid, scopes text[], is_stale boolean)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT t.id, CASE WHEN t.user_id IS NULL THEN 'vendor' ELSE 'user' END, coalesce(u.id, v.id), t.scopes,
      t.last_used_at IS NULL OR t.last_used_at < clock_timestamp() - interval '1 minute'
    FROM api_tokens t LEFT JOIN users u ON u.id = t.user_id LEFT JOIN vendors v ON v.id = t.vendor_id
    WHERE t.token_hash = p_hash AND t.revoked_at IS NULL
      AND (t.expires_at IS NULL OR t.expires_at > clock_timestamp())
      AND coalesce(u.is_active AND u.is_phone_verified, v.is_active AND v.is_phone_verified);
END
$$;

-- A new password ends the tokens that were made under the old one: whoever knew it may have made some. An account that is
-- deleted leaves none.
CREATE FUNCTION end_tokens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.phone LIKE 'deleted:%' THEN
    DELETE FROM api_tokens WHERE NEW.id IN (user_id, vendor_id);
    DELETE FROM api_answers WHERE NEW.id IN (user_id, vendor_id);
  ELSE
    UPDATE api_tokens SET revoked_at = clock_timestamp()
     WHERE NEW.id IN (user_id, vendor_id) AND revoked_at IS NULL;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER trg_users_end_tokens AFTER UPDATE OF password_hash ON users FOR EACH ROW
  WHEN (OLD.password_hash IS DISTINCT FROM NEW.password_hash) EXECUTE FUNCTION end_tokens();
CREATE TRIGGER trg_vendors_end_tokens AFTER UPDATE OF password_hash ON vendors FOR EACH ROW
  WHEN (OLD.password_hash IS DISTINCT FROM NEW.password_hash) EXECUTE FUNCTION end_tokens();
