-- Stored pictures and the uploads they come from.

-- One row for one stored picture in all its sizes. The id is its only public name: 128 random bits, and a new
-- one when a picture is unpublished, so that what was cached under the old address dies with it.
CREATE TABLE stored_files (
    id TEXT PRIMARY KEY,
    image_id UUID UNIQUE REFERENCES images(id) ON DELETE CASCADE,
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    is_public BOOLEAN NOT NULL DEFAULT false,
    byte_size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    variants JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),

    CONSTRAINT chk_stored_file_id CHECK (id ~ '^[0-9a-f]{32}$'),
    CONSTRAINT chk_stored_file_owner CHECK ((user_id IS NULL) <> (vendor_id IS NULL)),
    CONSTRAINT chk_stored_file_size CHECK (byte_size > 0),
    CONSTRAINT chk_stored_file_digest CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT chk_stored_file_variants CHECK (variants ? 'original')
);
COMMENT ON TABLE stored_files IS 'A picture on disk or at the hosted service. A row that goes leaves its bytes to the sweep.';
COMMENT ON COLUMN stored_files.sha256 IS 'Of the kept original, in hex.';
COMMENT ON COLUMN stored_files.variants IS 'Size name to {bytes, width, height}.';

-- Erasing an account or listing what an owner keeps; also the foreign keys' own cascades.
CREATE INDEX stored_files_user_idx ON stored_files (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX stored_files_vendor_idx ON stored_files (vendor_id) WHERE vendor_id IS NOT NULL;

-- An upload that was allowed. Nothing may be sent without one, and its answer is given again when the same
-- bytes are sent again.
CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    slug TEXT NOT NULL,
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    file_name TEXT NOT NULL,
    file_size BIGINT NOT NULL,
    mime_type TEXT NOT NULL,
    metadata JSONB NOT NULL DEFAULT '{}',
    state TEXT NOT NULL DEFAULT 'open',
    received_bytes BIGINT NOT NULL DEFAULT 0,
    claimed_at TIMESTAMPTZ,
    answer JSONB,
    image_id UUID REFERENCES images(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    expires_at TIMESTAMPTZ NOT NULL DEFAULT (NOW() + INTERVAL '24 hours'),

    CONSTRAINT chk_upload_id CHECK (id ~ '^[0-9a-f]{32}$'),
    CONSTRAINT chk_upload_owner CHECK ((user_id IS NULL) <> (vendor_id IS NULL)),
    CONSTRAINT chk_upload_slug CHECK (
        (slug = 'photo' AND user_id IS NOT NULL) OR (slug = 'gallery' AND vendor_id IS NOT NULL)
    ),
    -- 10 MiB, exactly.
    CONSTRAINT chk_upload_size CHECK (file_size BETWEEN 1 AND 10485760),
    CONSTRAINT chk_upload_received CHECK (received_bytes BETWEEN 0 AND file_size),
    CONSTRAINT chk_upload_state CHECK (state IN ('open', 'accepting', 'done', 'refused')),
    CONSTRAINT chk_upload_claimed CHECK ((state = 'accepting') = (claimed_at IS NOT NULL)),
    CONSTRAINT chk_upload_answer CHECK ((state IN ('done', 'refused')) = (answer IS NOT NULL)),
    CONSTRAINT chk_upload_image CHECK (image_id IS NULL OR state = 'done')
);
COMMENT ON COLUMN uploads.key IS 'UploadThing''s key: 30 bits of chance, therefore never a public name.';
COMMENT ON COLUMN uploads.claimed_at IS 'When a process took it up to accept it; a claim of more than a minute may be taken over.';
COMMENT ON COLUMN uploads.answer IS 'What the uploader is told: {"image": ...} or {"error": code}.';

-- The sweep of what has run out.
CREATE INDEX uploads_expires_idx ON uploads (expires_at);
-- Unfinished uploads of an account, and the foreign keys' own cascades.
CREATE INDEX uploads_user_idx ON uploads (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX uploads_vendor_idx ON uploads (vendor_id) WHERE vendor_id IS NOT NULL;
CREATE INDEX uploads_image_idx ON uploads (image_id) WHERE image_id IS NOT NULL;
