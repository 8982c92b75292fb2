-- One kind on the page of all galleries, newest first.
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_images_public_kind ON images (look_kind, created_at DESC, id DESC)
    WHERE is_public AND type = 'vendor';
