CREATE INDEX CONCURRENTLY idx_images_wordless ON images (vendor_id, created_at DESC, id DESC) INCLUDE (user_id, is_public) WHERE type = 'vendor' AND alt_text IS NULL AND deleted_at IS NULL;
