CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS idx_conversions_request_place
    ON user_conversions (user_id, request_key, source_image_id, request_place) WHERE request_key IS NOT NULL;
