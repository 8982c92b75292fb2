-- What a vendor's picture shows, in words, for people who cannot see it (WCAG 2.2, 1.1.1).
ALTER TABLE images ADD COLUMN alt_text text;
ALTER TABLE images ADD CONSTRAINT chk_image_alt_text
    CHECK (alt_text IS NULL OR type = 'vendor' AND char_length(alt_text) BETWEEN 1 AND 300) NOT VALID;
COMMENT ON COLUMN images.alt_text IS 'What a vendor''s picture shows, for people who cannot see it; null falls back to the title.';

CREATE OR REPLACE VIEW published_images AS
    SELECT id, vendor_id, title, tags, file_name, original_url, thumbnail_url, width, height, thumbhash, created_at,
           updated_at, title_search, look_kind, look_settings, alt_text
      FROM images i
     WHERE is_public AND type = 'vendor' AND deleted_at IS NULL AND moderation = 'accepted';

CREATE OR REPLACE VIEW visible_images AS
    SELECT i.id, i.vendor_id, i.title, i.tags, i.file_name, i.original_url, i.thumbnail_url, i.width, i.height,
           i.thumbhash, i.created_at, i.updated_at, v.handle, v.business_name, v.is_verified, i.title_search,
           i.look_kind, i.look_settings, i.alt_text
      FROM published_images i JOIN vendors v ON v.id = i.vendor_id
     WHERE v.is_active;

CREATE OR REPLACE VIEW linked_album_images AS
    SELECT p.album_id, p.position, i.id, i.title, i.file_name, i.width, i.height, i.thumbhash, i.created_at,
           f.id AS file_id, f.variants, f.byte_size, i.alt_text
      FROM album_images p
      JOIN images i ON i.id = p.image_id AND i.vendor_id = p.vendor_id
      JOIN stored_files f ON f.image_id = i.id
     WHERE i.deleted_at IS NULL AND i.moderation = 'accepted';
