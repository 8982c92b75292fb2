-- What is searched for is compared with columns, not with a function of them. The server keeps figures about a column,
-- so it knows a word that every title holds from a rare one, and reads the newest first or goes by trigrams; and what
-- an index of trigrams finds is looked at again without being normalised again.

ALTER TABLE images ADD COLUMN title_search TEXT GENERATED ALWAYS AS (normalize_search(title)) STORED;
ALTER TABLE albums ADD COLUMN name_search TEXT GENERATED ALWAYS AS (normalize_search(name)) STORED;
COMMENT ON COLUMN images.title_search IS 'The title as it is searched.';
COMMENT ON COLUMN albums.name_search IS 'The name as it is searched.';

DROP INDEX idx_images_search;
DROP INDEX idx_albums_search;
-- Searching public pictures by a part of their title; tags are found by idx_images_tags.
CREATE INDEX idx_images_search ON images USING gin (title_search gin_trgm_ops)
    WHERE is_public AND type = 'vendor' AND title_search IS NOT NULL;
-- Searching public albums by a part of their name.
CREATE INDEX idx_albums_search ON albums USING gin (name_search gin_trgm_ops) WHERE is_public;

CREATE OR REPLACE VIEW visible_images AS
    SELECT i.id, i.vendor_id, i.title, i.tags, i.file_name, i.original_url, i.thumbnail_url, i.width, i.height,
           i.thumbhash, i.created_at, i.updated_at, v.handle, v.business_name, v.is_verified, i.title_search
      FROM images i JOIN vendors v ON v.id = i.vendor_id
     WHERE i.is_public AND i.type = 'vendor' AND i.deleted_at IS NULL AND i.moderation = 'accepted' AND v.is_active;

CREATE OR REPLACE VIEW visible_albums AS
    SELECT a.id, a.vendor_id, a.name, a.description, a.cover_image_id, a.position, a.is_style_kit, a.image_order,
           a.created_at, a.updated_at, v.handle, v.business_name, v.is_verified, a.name_search
      FROM albums a JOIN vendors v ON v.id = a.vendor_id
     WHERE a.is_public AND v.is_active;
