-- What the galleries need: addresses of vendors, titles, the trash, moderation, the order of albums, and what a
-- visitor may see.

-- How text is compared when people search: Arabic and Persian forms of one letter are one, marks and joiners do
-- not count, digits are Latin, letters small.
CREATE FUNCTION normalize_search(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        translate(
            -- Vowel signs, the stretching line and bidirectional marks go; a zero-width non-joiner parts two words.
            regexp_replace(replace(lower(p_text), U&'\200C', ' '), U&'[\064B-\065F\0670\0640\200B\200D-\200F\202A-\202E\2066-\2069]', '', 'g'),
            U&'\064A\0649\0643\0629\06C0\0623\0625\0671\06F0\06F1\06F2\06F3\06F4\06F5\06F6\06F7\06F8\06F9\0660\0661\0662\0663\0664\0665\0666\0667\0668\0669',
            U&'\06CC\06CC\06A9\0647\0647\0627\0627\0627' || '01234567890123456789'
        ), '\s+', ' ', 'g'))
$$;
COMMENT ON FUNCTION normalize_search(text) IS 'The form in which names, titles, tags and what is searched for are compared.';

-- Vendors: an address of one's own -------------------------------------------------------------------------------

ALTER TABLE vendors
    -- Chosen by the vendor later; until then one that nobody would choose.
    ADD COLUMN handle TEXT NOT NULL DEFAULT ('g' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12)),
    ADD CONSTRAINT vendors_handle_key UNIQUE (handle),
    ADD CONSTRAINT chk_vendor_handle CHECK (handle ~ '^[a-z0-9][a-z0-9_-]{1,28}[a-z0-9]$'),
    ADD CONSTRAINT chk_vendor_handle_reserved CHECK (handle NOT IN (
        'about', 'account', 'admin', 'administrator', 'aistayler', 'ai-stayler', 'ai_stayler', 'api', 'billing',
        'contact', 'dev', 'explore', 'gallery', 'help', 'home', 'login', 'logout', 'moderator', 'new', 'official',
        'plans', 'privacy', 'root', 'search', 'security', 'settings', 'signup', 'stayler', 'studio', 'styles',
        'support', 'system', 'terms', 'vendor', 'vendors', 'verify', 'www', 'zarinpal'
    ));
COMMENT ON COLUMN vendors.handle IS 'The address of the public page: /g/<handle>.';

-- Every address a vendor ever had. A former one leads to the present one and is never given to anybody else.
CREATE TABLE vendor_handles (
    handle TEXT PRIMARY KEY,
    vendor_id UUID NOT NULL REFERENCES vendors(id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);
-- The foreign key's own cascade.
CREATE INDEX idx_vendor_handles_vendor ON vendor_handles (vendor_id);

CREATE FUNCTION keep_vendor_handle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO vendor_handles (handle, vendor_id) VALUES (NEW.handle, NEW.id) ON CONFLICT (handle) DO NOTHING;
    IF NOT EXISTS (SELECT 1 FROM vendor_handles WHERE handle = NEW.handle AND vendor_id = NEW.id) THEN
        RAISE EXCEPTION 'the handle % was somebody else''s', NEW.handle
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'vendors_handle_key', TABLE = 'vendors';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_vendors_keep_handle AFTER INSERT OR UPDATE OF handle ON vendors
    FOR EACH ROW EXECUTE FUNCTION keep_vendor_handle();
INSERT INTO vendor_handles (handle, vendor_id) SELECT handle, id FROM vendors;

-- Searching vendors by a part of their name or address.
CREATE INDEX idx_vendors_search ON vendors
    USING gin (normalize_search(business_name || ' ' || handle) gin_trgm_ops) WHERE is_active;

-- Images: title, trash, moderation --------------------------------------------------------------------------------

ALTER TABLE images
    ADD COLUMN title TEXT,
    ADD COLUMN deleted_at TIMESTAMPTZ,
    ADD COLUMN moderation TEXT NOT NULL DEFAULT 'accepted',
    ADD CONSTRAINT chk_image_title CHECK (char_length(title) BETWEEN 1 AND 120),
    ADD CONSTRAINT chk_image_trash CHECK (deleted_at IS NULL OR (type = 'vendor' AND NOT is_public)),
    ADD CONSTRAINT chk_image_moderation CHECK (moderation IN ('accepted', 'waiting', 'refused')),
    ADD CONSTRAINT chk_image_public_accepted CHECK (NOT is_public OR moderation = 'accepted');
COMMENT ON COLUMN images.deleted_at IS 'In the trash since then; purged 30 days later, or when its vendor empties the trash.';
COMMENT ON COLUMN images.moderation IS 'accepted; waiting: seen by its owner alone until somebody decides; refused.';

-- The trash of a vendor, and the sweep of what has lain there for 30 days.
CREATE INDEX idx_images_trash ON images (vendor_id, deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;
CREATE INDEX idx_images_trash_end ON images (deleted_at) WHERE deleted_at IS NOT NULL;
-- What waits for somebody to decide.
CREATE INDEX idx_images_moderation_waiting ON images (created_at, id) WHERE moderation = 'waiting';
-- Searching public pictures by a part of their title; tags are found by idx_images_tags.
CREATE INDEX idx_images_search ON images
    USING gin (normalize_search(title) gin_trgm_ops) WHERE is_public AND type = 'vendor' AND title IS NOT NULL;

-- Albums: their order, and style kits ------------------------------------------------------------------------------

ALTER TABLE albums
    ADD COLUMN position INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN version INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN is_style_kit BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN image_order TEXT NOT NULL DEFAULT 'manual',
    ADD CONSTRAINT chk_album_image_order CHECK (image_order IN ('manual', 'newest', 'oldest', 'title'));
COMMENT ON COLUMN albums.position IS 'Among the albums of its vendor, smallest first; equal ones newest first.';
COMMENT ON COLUMN albums.version IS 'Grows whenever the order of its images changes.';
COMMENT ON COLUMN albums.is_style_kit IS 'Its images are offered as a set in the studio.';

-- A vendor's albums in the vendor's order.
CREATE INDEX idx_albums_vendor_order ON albums (vendor_id, position, created_at DESC, id DESC);
-- Searching public albums by a part of their name.
CREATE INDEX idx_albums_search ON albums USING gin (normalize_search(name) gin_trgm_ops) WHERE is_public;
-- Style kits, newest first.
CREATE INDEX idx_albums_kits ON albums (created_at DESC, id DESC) WHERE is_public AND is_style_kit;

-- What visitors see ------------------------------------------------------------------------------------------------

-- The one place that says it: public, not in the trash, accepted by moderation, of an active vendor.
CREATE VIEW visible_images AS
    SELECT i.id, i.vendor_id, i.title, i.tags, i.file_name, i.original_url, i.thumbnail_url, i.width, i.height,
           i.thumbhash, i.created_at, i.updated_at, v.handle, v.business_name, v.is_verified
      FROM images i JOIN vendors v ON v.id = i.vendor_id
     WHERE i.is_public AND i.type = 'vendor' AND i.deleted_at IS NULL AND i.moderation = 'accepted' AND v.is_active;
COMMENT ON VIEW visible_images IS 'The vendors'' images that visitors may see.';

CREATE VIEW visible_albums AS
    SELECT a.id, a.vendor_id, a.name, a.description, a.cover_image_id, a.position, a.is_style_kit, a.image_order,
           a.created_at, a.updated_at, v.handle, v.business_name, v.is_verified
      FROM albums a JOIN vendors v ON v.id = a.vendor_id
     WHERE a.is_public AND v.is_active;
COMMENT ON VIEW visible_albums IS 'The albums that visitors may see; of their images only the visible ones.';
