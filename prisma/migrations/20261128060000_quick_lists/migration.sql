-- Lists of a vendor with thousands of images, asked of the index alone.

-- A vendor's library, newest first; what the library holds (readFigures: how many are hidden, wait, lie in the trash);
-- and the images of an album by date or title (listAlbumImageRows): all that these count and order by stands in the
-- index, because the rows of a vendor lie one to a page all over the table. Each of these columns never changes, or
-- stood in another index or its condition before: an update writes no more entries than it did.
DROP INDEX idx_images_vendor;
CREATE INDEX idx_images_vendor ON images (vendor_id, created_at DESC, id DESC)
    INCLUDE (type, is_public, deleted_at, moderation, quota_pool, title) WHERE vendor_id IS NOT NULL;

-- The albums that hold an image; the foreign key's own cascade; how many hidden images stand in which album
-- (listAlbumRows), without a look at the rows.
DROP INDEX idx_album_images_image;
CREATE INDEX idx_album_images_image ON album_images (vendor_id, image_id) INCLUDE (album_id);

-- The same picture twice in one gallery, found by its content (readFigures, and the library's twins), without a look at
-- the rows.
DROP INDEX idx_stored_files_vendor_content;
CREATE INDEX idx_stored_files_vendor_content ON stored_files (vendor_id, sha256) INCLUDE (image_id)
    WHERE vendor_id IS NOT NULL;

-- What may be seen as soon as its vendor may be. A search sorts what it finds before it asks whose it is, because
-- asking that of a thousand costs more than finding them; so this half of the rule has a name of its own.
CREATE VIEW published_images AS
    SELECT i.id, i.vendor_id, i.title, i.tags, i.file_name, i.original_url, i.thumbnail_url, i.width, i.height,
           i.thumbhash, i.created_at, i.updated_at, i.title_search
      FROM images i
     WHERE i.is_public AND i.type = 'vendor' AND i.deleted_at IS NULL AND i.moderation = 'accepted';
COMMENT ON VIEW published_images IS 'The vendors'' images that visitors may see while their vendor is active.';

CREATE OR REPLACE VIEW visible_images AS
    SELECT i.id, i.vendor_id, i.title, i.tags, i.file_name, i.original_url, i.thumbnail_url, i.width, i.height,
           i.thumbhash, i.created_at, i.updated_at, v.handle, v.business_name, v.is_verified, i.title_search
      FROM published_images i JOIN vendors v ON v.id = i.vendor_id
     WHERE v.is_active;
