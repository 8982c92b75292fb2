-- Bots of messengers that speak the Bot API of Telegram (docs/decisions/095).

-- A private chat with one of them. With a user it is linked; without one it says nothing but the language and the look that
-- somebody came with, and is forgotten after a week.
CREATE TABLE bot_chats (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    platform text NOT NULL,
    chat_id bigint NOT NULL,
    user_id uuid REFERENCES users (id) ON DELETE CASCADE,
    language text NOT NULL,
    -- The look that the next photo is for.
    look_image_id uuid REFERENCES images (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    linked_at timestamptz,
    last_used_at timestamptz NOT NULL DEFAULT now(),
    -- Since when the person lets us write nothing.
    silent_at timestamptz,
    CONSTRAINT chk_bot_chat_platform CHECK (platform IN ('telegram', 'bale')),
    CONSTRAINT chk_bot_chat_language CHECK (language IN ('fa', 'en')),
    CONSTRAINT chk_bot_chat_linked CHECK ((user_id IS NULL) = (linked_at IS NULL))
);
CREATE UNIQUE INDEX uq_bot_chats_chat ON bot_chats (platform, chat_id);
CREATE UNIQUE INDEX uq_bot_chats_user ON bot_chats (user_id, platform);
CREATE INDEX idx_bot_chats_look ON bot_chats (look_image_id) WHERE look_image_id IS NOT NULL;
CREATE INDEX idx_bot_chats_stranger ON bot_chats (last_used_at) WHERE user_id IS NULL;

CREATE POLICY own_rows ON bot_chats
  USING ((SELECT acts_as_system()) OR user_id = ANY ((SELECT acting_accounts())::uuid[]));
ALTER TABLE bot_chats ENABLE ROW LEVEL SECURITY;

-- What came from a messenger: the line that workers take it from, and the memory of what was seen. One update, however
-- often it is sent, is one row.
CREATE TABLE bot_updates (
    platform text NOT NULL,
    update_id bigint NOT NULL,
    chat_id bigint,
    -- NULL once it was dealt with: what people write is not kept.
    body jsonb,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts integer NOT NULL DEFAULT 0,
    -- NULL when nothing more is done about it.
    next_at timestamptz DEFAULT clock_timestamp(),
    PRIMARY KEY (platform, update_id),
    CONSTRAINT chk_bot_update_platform CHECK (platform IN ('telegram', 'bale')),
    CONSTRAINT chk_bot_update_done CHECK ((next_at IS NULL) = (body IS NULL))
);
CREATE INDEX idx_bot_updates_due ON bot_updates (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX idx_bot_updates_line ON bot_updates (platform, chat_id, update_id) WHERE next_at IS NOT NULL;
CREATE INDEX idx_bot_updates_received ON bot_updates (received_at);

-- A conversion that was asked for in a chat, until its result was sent there.
CREATE TABLE bot_orders (
    conversion_id uuid PRIMARY KEY REFERENCES user_conversions (id) ON DELETE CASCADE,
    bot_chat_id uuid NOT NULL REFERENCES bot_chats (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts integer NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- The picture has arrived; the file is still to come.
    has_picture boolean NOT NULL DEFAULT false
);
CREATE INDEX idx_bot_orders_due ON bot_orders (next_at);
CREATE INDEX idx_bot_orders_chat ON bot_orders (bot_chat_id);

-- Which worker asks a messenger for updates, until when, and from which update on.
CREATE TABLE bot_pollers (
    platform text PRIMARY KEY,
    holder text NOT NULL,
    held_until timestamptz NOT NULL,
    next_update bigint NOT NULL DEFAULT 0,
    CONSTRAINT chk_bot_poller_platform CHECK (platform IN ('telegram', 'bale'))
);

-- A chat was linked by its number: with another number, and with the end of the account, the link ends.
CREATE FUNCTION end_bot_links() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path TO 'pg_catalog', 'public', 'pg_temp' AS $$
BEGIN
  DELETE FROM bot_chats WHERE user_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER trg_users_end_bot_links AFTER UPDATE OF phone ON users FOR EACH ROW
  WHEN (OLD.phone IS DISTINCT FROM NEW.phone) EXECUTE FUNCTION end_bot_links();

-- Codes that link a chat are a step of their own: none of them serves anything else.
ALTER TABLE otps DROP CONSTRAINT chk_otp_step;
ALTER TABLE otps ADD CONSTRAINT chk_otp_step
  CHECK (step IN ('account', 'old_phone', 'new_phone', 'sign_in', 'messenger')) NOT VALID;
