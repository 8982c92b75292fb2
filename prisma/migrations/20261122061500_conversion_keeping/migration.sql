-- What people do with their conversions afterwards: name them, mark favourites, find them again, delete them.

ALTER TABLE user_conversions
    ADD COLUMN title TEXT,
    ADD COLUMN is_favourite BOOLEAN NOT NULL DEFAULT false,
    ADD CONSTRAINT chk_conversion_title CHECK (char_length(title) BETWEEN 1 AND 80),
    -- Only what has ended can be deleted, and then nothing a person wrote or drew is left: neither title nor
    -- mark nor picture. The row stays for the accounts.
    ADD CONSTRAINT chk_conversion_deleted CHECK (
        deleted_at IS NULL
        OR (status IN ('completed', 'failed') AND title IS NULL AND NOT is_favourite AND result_image_id IS NULL)
    );

-- A person's favourites, what they made in one style, and what did not come about; newest first.
CREATE INDEX idx_conversions_user_favourites ON user_conversions (user_id, created_at DESC, id DESC)
    WHERE is_favourite AND deleted_at IS NULL;
CREATE INDEX idx_conversions_user_style ON user_conversions (user_id, style_name, created_at DESC, id DESC)
    WHERE deleted_at IS NULL;
CREATE INDEX idx_conversions_user_failed ON user_conversions (user_id, created_at DESC, id DESC)
    WHERE status = 'failed' AND deleted_at IS NULL;
