-- What a code confirms: an account's own number (at sign-up or for a new password), or one side of a change of
-- number. The seed's list of purposes stays as it is.
ALTER TABLE otps
    ADD COLUMN step TEXT NOT NULL DEFAULT 'account'
        CONSTRAINT chk_otp_step CHECK (step IN ('account', 'old_phone', 'new_phone')),
    -- The provider did not take the message: it counts against nobody's budget.
    ADD COLUMN send_failed_at TIMESTAMPTZ;

-- What is told to the owner of an account inside the program.
CREATE TABLE notifications (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    kind TEXT NOT NULL CONSTRAINT chk_notification_kind CHECK (kind ~ '^[a-z]+\.[a-zA-Z]+$'),
    -- What its sentence needs; never a secret.
    data JSONB NOT NULL DEFAULT '{}',
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    read_at TIMESTAMPTZ,
    CONSTRAINT chk_notification_owner CHECK (num_nonnulls(user_id, vendor_id) = 1)
);
CREATE INDEX idx_notifications_user ON notifications (user_id, created_at DESC, id DESC);
CREATE INDEX idx_notifications_vendor ON notifications (vendor_id, created_at DESC, id DESC);

-- Whether an SMS provider works, as all processes have seen it.
CREATE TABLE sms_circuits (
    provider TEXT PRIMARY KEY,
    -- In a row, since the last message that was taken.
    failures INT NOT NULL DEFAULT 0 CONSTRAINT chk_sms_circuit_failures CHECK (failures >= 0),
    last_failure_at TIMESTAMPTZ,
    last_success_at TIMESTAMPTZ,
    -- While it lies ahead, nothing is sent this way.
    closed_until TIMESTAMPTZ
);
