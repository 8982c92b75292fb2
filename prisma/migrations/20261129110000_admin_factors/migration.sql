-- Administrators have a role and a second factor: a secret shared with an app on their phone, and codes for the day
-- that phone is lost.

ALTER TABLE admin_grants ADD COLUMN role TEXT NOT NULL DEFAULT 'owner';
ALTER TABLE admin_grants ADD CONSTRAINT chk_admin_role CHECK (role IN ('support', 'finance', 'moderator', 'owner'));
COMMENT ON COLUMN admin_grants.role IS 'What of administration is theirs; an owner may do everything.';

-- Goes with the grant: whoever is made an administrator again enrols again.
CREATE TABLE admin_factors (
    user_id UUID PRIMARY KEY REFERENCES admin_grants (user_id) ON DELETE CASCADE,
    sealed_secret TEXT NOT NULL,
    last_step BIGINT NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    confirmed_at TIMESTAMPTZ,
    CONSTRAINT chk_admin_factor_step CHECK (last_step >= 0)
);
COMMENT ON COLUMN admin_factors.sealed_secret IS 'AES-256-GCM under a key derived from NEXTAUTH_SECRET, bound to the user.';
COMMENT ON COLUMN admin_factors.last_step IS 'The half minute (RFC 6238) of the last code that was taken: it and those before it are taken no more.';

CREATE TABLE admin_recovery_codes (
    user_id UUID NOT NULL REFERENCES admin_factors (user_id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (user_id, code_hash)
);
COMMENT ON COLUMN admin_recovery_codes.code_hash IS 'A keyed hash. Each code opens once.';

ALTER TABLE sessions ADD COLUMN factor_proved_at TIMESTAMPTZ;
ALTER TABLE sessions ADD CONSTRAINT chk_session_factor CHECK (factor_proved_at IS NULL OR user_id IS NOT NULL);
COMMENT ON COLUMN sessions.factor_proved_at IS 'When a second factor was shown in this session.';
