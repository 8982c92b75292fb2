-- One photo may be asked for in several looks under one key. Where a conversion stood in its request tells them apart:
-- the looks themselves may go (a gallery's picture that is deleted), their places do not.
ALTER TABLE user_conversions ADD COLUMN request_place smallint NOT NULL DEFAULT 0;
ALTER TABLE user_conversions
    ADD CONSTRAINT chk_conversion_request_place CHECK (request_place BETWEEN 0 AND 99) NOT VALID;
COMMENT ON COLUMN user_conversions.request_place IS 'Where it stood among the conversions of one request, from 0.';

-- What a photo was when it was sent, before we encoded it anew: whoever brings the same bytes again is given the photo
-- that is there, and neither sends it nor loses a place for it.
ALTER TABLE stored_files ADD COLUMN sent_sha256 text;
ALTER TABLE stored_files
    ADD CONSTRAINT chk_stored_file_sent CHECK (sent_sha256 ~ '^[0-9a-f]{64}$') NOT VALID;
COMMENT ON COLUMN stored_files.sent_sha256 IS 'SHA-256 of the bytes that a user sent, in hex; null for other pictures.';
