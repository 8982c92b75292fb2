-- What became of text messages, for somebody whose code did not come. The number stands there as the audit log's mark of it
-- and without its middle; neither the text nor a code does. Kept for thirty days.
CREATE TABLE message_tries (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id UUID NOT NULL,
    phone_key TEXT NOT NULL,
    phone_mask TEXT NOT NULL,
    about TEXT NOT NULL,
    provider TEXT,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    tried_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT chk_message_try_mask CHECK (phone_mask ~ '\*{3}'),
    CONSTRAINT chk_message_try_detail CHECK (length(detail) <= 200),
    CONSTRAINT chk_message_try_outcome CHECK (outcome IN ('sent', 'retry', 'refuse', 'elsewhere', 'misconfigured', 'held'))
);
CREATE INDEX idx_message_tries_phone ON message_tries (phone_key, tried_at DESC, id DESC);
CREATE INDEX idx_message_tries_age ON message_tries (tried_at);

-- The number that an account had until now is told by a message; it stands here until that was sent.
CREATE TABLE old_numbers_to_tell (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    phone TEXT NOT NULL,
    account_type TEXT NOT NULL,
    to_mask TEXT NOT NULL,
    created_at TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT chk_old_number_type CHECK (account_type IN ('user', 'vendor'))
);
