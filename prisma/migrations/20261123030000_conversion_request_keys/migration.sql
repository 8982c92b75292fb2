-- A request whose answer was lost is sent again under the same key and finds what it has charged already.

ALTER TABLE user_conversions ADD COLUMN request_key UUID;

-- The conversions of one request of an account; a photo stands in it once.
CREATE UNIQUE INDEX idx_conversions_request ON user_conversions (user_id, request_key, source_image_id)
    WHERE request_key IS NOT NULL;
