-- Messages that would have been sent, for an installation without a provider; shown at /dev/outbox.
CREATE TABLE outbox_messages (
    id UUID PRIMARY KEY,
    phone TEXT NOT NULL,
    text TEXT NOT NULL CONSTRAINT chk_outbox_text CHECK (text <> ''),
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()
);

-- The newest messages of the outbox page.
CREATE INDEX idx_outbox_created ON outbox_messages (created_at DESC, id DESC);

-- The code that a browser waits for.
CREATE INDEX idx_otps_browser ON otps (browser_hash, purpose, account_type, created_at DESC)
    WHERE browser_hash IS NOT NULL;
