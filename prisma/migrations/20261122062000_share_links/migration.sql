-- Links that show one result to whoever holds them.

CREATE TABLE share_links (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    conversion_id UUID NOT NULL REFERENCES user_conversions(id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL,
    password_hash TEXT,
    expires_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ,
    view_count INTEGER NOT NULL DEFAULT 0,
    last_viewed_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT share_links_token_hash_key UNIQUE (token_hash),
    CONSTRAINT chk_share_token_hash CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT chk_share_password_hash CHECK (password_hash LIKE '$argon2id$%'),
    CONSTRAINT chk_share_expiry CHECK (expires_at > created_at),
    CONSTRAINT chk_share_views CHECK (view_count >= 0 AND (view_count > 0) = (last_viewed_at IS NOT NULL))
);
COMMENT ON TABLE share_links IS 'A link to one result. The token is kept as its SHA-256; without expires_at it lives until revoked.';

-- The links of a result, newest first; cascade of a real delete.
CREATE INDEX idx_share_links_conversion ON share_links (conversion_id, created_at DESC, id DESC);

-- The one place that says whether a link is alive: neither revoked nor past its end, of a result that is there,
-- was accepted by moderation, and whose owner's account is active.
CREATE VIEW live_share_links AS
    SELECT l.id, l.conversion_id, l.token_hash, l.password_hash, l.expires_at, l.created_at,
           c.user_id, c.style_name, c.title, c.result_image_id
      FROM share_links l
      JOIN user_conversions c ON c.id = l.conversion_id
      JOIN images i ON i.id = c.result_image_id
      JOIN users u ON u.id = c.user_id
     WHERE l.revoked_at IS NULL
       AND (l.expires_at IS NULL OR l.expires_at > clock_timestamp())
       AND c.status = 'completed' AND c.deleted_at IS NULL
       AND i.moderation = 'accepted' AND i.deleted_at IS NULL
       AND u.is_active;
COMMENT ON VIEW live_share_links IS 'The links that open, with what they open.';

-- A result that is deleted takes its links with it, whoever deletes it.
CREATE FUNCTION revoke_links_of_conversion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE share_links SET revoked_at = clock_timestamp() WHERE conversion_id = NEW.id AND revoked_at IS NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_user_conversions_revoke_links AFTER UPDATE OF deleted_at ON user_conversions
    FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL)
    EXECUTE FUNCTION revoke_links_of_conversion();
