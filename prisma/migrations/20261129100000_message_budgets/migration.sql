-- What a message is counted against: codes of strangers, of browsers that wait for one already, and of those that proved
-- themselves stand apart, and only what was handed to a provider counts against what an hour may cost.

ALTER TABLE otps
    ADD COLUMN standing TEXT NOT NULL DEFAULT 'stranger'
        CONSTRAINT chk_otp_standing CHECK (standing IN ('stranger', 'waiting', 'known')),
    ADD COLUMN has_message BOOLEAN NOT NULL DEFAULT true,
    ADD COLUMN sent_at TIMESTAMPTZ;
COMMENT ON COLUMN otps.standing IS 'Who asked: anybody, a browser that waited for this code already, one that the account knows.';
COMMENT ON COLUMN otps.has_message IS 'False for a number that nobody has: nothing is sent, and nothing is counted as sent.';
COMMENT ON COLUMN otps.sent_at IS 'When a provider took the message.';

CREATE INDEX idx_otps_sent ON otps (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX idx_otps_unsent ON otps (created_at)
    WHERE sent_at IS NULL AND has_message AND send_failed_at IS NULL AND consumed_at IS NULL;

-- A message that no provider took cost nothing: its room goes back to its day.
CREATE FUNCTION take_back_spending(p_day date, p_purpose text, p_rials bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE daily_spending SET calls = greatest(0, calls - 1), rials = greatest(0, rials - p_rials)
     WHERE day = p_day AND purpose = p_purpose;
$$;
COMMENT ON FUNCTION take_back_spending(date, text, bigint) IS 'Undoes one call that was admitted and not made.';
