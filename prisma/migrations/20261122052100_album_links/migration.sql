-- Private links to albums: each with its own password, end, permission and log.

CREATE TABLE album_links (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    vendor_id UUID NOT NULL,
    album_id UUID NOT NULL,
    token_hash TEXT NOT NULL,
    name TEXT,
    password_hash TEXT,
    may_download BOOLEAN NOT NULL DEFAULT false,
    expires_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT album_links_token_hash_key UNIQUE (token_hash),
    CONSTRAINT album_links_album_fkey FOREIGN KEY (vendor_id, album_id)
        REFERENCES albums (vendor_id, id) ON DELETE CASCADE,
    CONSTRAINT chk_album_link_token CHECK (token_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT chk_album_link_name CHECK (char_length(name) BETWEEN 1 AND 80),
    CONSTRAINT chk_album_link_password CHECK (password_hash LIKE '$argon2id$%'),
    CONSTRAINT chk_album_link_expiry CHECK (expires_at > created_at)
);
COMMENT ON COLUMN album_links.expires_at IS 'Null: until it is revoked.';
-- The links of an album, newest first; the foreign key's own cascade.
CREATE INDEX idx_album_links_album ON album_links (vendor_id, album_id, created_at DESC, id DESC);

-- How often a link was opened and its album downloaded, by day in Tehran. Nothing about who did.
CREATE TABLE album_link_days (
    link_id UUID NOT NULL REFERENCES album_links(id) ON DELETE CASCADE,
    day DATE NOT NULL,
    views INTEGER NOT NULL DEFAULT 0,
    downloads INTEGER NOT NULL DEFAULT 0,
    last_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),

    CONSTRAINT album_link_days_pkey PRIMARY KEY (link_id, day),
    CONSTRAINT chk_album_link_day CHECK (views >= 0 AND downloads >= 0)
);

-- The one place that says whether a link opens: neither revoked nor past its end, of an album that is there, of an
-- active vendor.
CREATE VIEW live_album_links AS
    SELECT l.id, l.vendor_id, l.album_id, l.token_hash, l.password_hash, l.may_download, l.expires_at,
           a.name AS album_name, a.description AS album_description, a.image_order, v.business_name
      FROM album_links l
      JOIN albums a ON a.id = l.album_id AND a.vendor_id = l.vendor_id
      JOIN vendors v ON v.id = l.vendor_id
     WHERE l.revoked_at IS NULL
       AND (l.expires_at IS NULL OR l.expires_at > clock_timestamp())
       AND v.is_active;
COMMENT ON VIEW live_album_links IS 'The album links that open, with what they open.';

-- What a link shows: every image of the album that is neither in the trash nor held back by moderation, public or not.
CREATE VIEW linked_album_images AS
    SELECT p.album_id, p.position, i.id, i.title, i.file_name, i.width, i.height, i.thumbhash, i.created_at,
           f.id AS file_id, f.variants, f.byte_size
      FROM album_images p
      JOIN images i ON i.id = p.image_id AND i.vendor_id = p.vendor_id
      JOIN stored_files f ON f.image_id = i.id
     WHERE i.deleted_at IS NULL AND i.moderation = 'accepted';
COMMENT ON VIEW linked_album_images IS 'The images that an album link shows.';
