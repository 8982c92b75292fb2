-- How long photos are kept, what people agreed to, and which database a store of files belongs to.

-- A user's photo may be given an end. The moment is counted by the database when the choice is made.
ALTER TABLE images
    ADD COLUMN life TEXT NOT NULL DEFAULT 'keep',
    ADD COLUMN expires_at TIMESTAMPTZ,
    ADD CONSTRAINT chk_image_life CHECK (life IN ('keep', 'month', 'day')),
    ADD CONSTRAINT chk_image_life_end CHECK ((life = 'keep') = (expires_at IS NULL)),
    ADD CONSTRAINT chk_image_life_type CHECK (life = 'keep' OR type = 'user');
COMMENT ON COLUMN images.life IS 'keep: until its owner deletes it; month: 30 days; day: 24 hours.';

-- The sweep of photos whose time has come.
CREATE INDEX idx_images_expires ON images (expires_at) WHERE expires_at IS NOT NULL;
-- A person's photo library, newest first.
CREATE INDEX idx_images_user_photos ON images (user_id, created_at DESC, id DESC) WHERE type = 'user';

-- The slow sizes are made once a picture is in use; files that have gone missing are watched before their row goes.
ALTER TABLE stored_files
    ADD COLUMN later_tries SMALLINT NOT NULL DEFAULT 0,
    ADD COLUMN later_tried_at TIMESTAMPTZ,
    ADD COLUMN missing_at TIMESTAMPTZ,
    ADD CONSTRAINT chk_stored_file_tries CHECK (later_tries BETWEEN 0 AND 3);
COMMENT ON COLUMN stored_files.later_tries IS 'How often the AVIF sizes were begun; three failures are enough.';
COMMENT ON COLUMN stored_files.missing_at IS 'When a sweep first found the row without its file; null when the file is there.';

-- Pictures whose slow sizes are still to be made.
CREATE INDEX stored_files_later_idx ON stored_files (created_at) WHERE NOT (variants ? 'a320') AND later_tries < 3;

-- What a person agreed to before a photo was kept: one row for each wording and each engine that may see it.
CREATE TABLE agreements (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    terms TEXT NOT NULL,
    engine TEXT NOT NULL,
    country TEXT NOT NULL DEFAULT '',
    agreed_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),

    CONSTRAINT uq_agreement UNIQUE (user_id, terms, engine, country),
    CONSTRAINT chk_agreement_terms CHECK (terms ~ '^[a-z]+-[0-9]+$'),
    CONSTRAINT chk_agreement_engine CHECK (engine ~ '^[a-z]+$'),
    CONSTRAINT chk_agreement_country CHECK (country ~ '^([A-Z]{2})?$')
);
COMMENT ON COLUMN agreements.terms IS 'Which wording was shown: its name and edition.';

-- The one store of files that belongs to this database. Its id stands in a file of the store too: a sweep that
-- finds another one there has been given the wrong database, or the wrong disk, and touches nothing.
CREATE TABLE file_store_marks (
    is_only BOOLEAN PRIMARY KEY DEFAULT true,
    mark TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),

    CONSTRAINT chk_store_mark_only CHECK (is_only),
    CONSTRAINT chk_store_mark CHECK (mark ~ '^[0-9a-f]{32}$')
);
