-- How a payment is followed from the gateway to its end, and how people are told that a plan ends.

-- Following ------------------------------------------------------------------------------------------------------

ALTER TABLE payments
    -- When the gateway is to be asked next; null when there is nothing left to ask.
    ADD COLUMN next_check_at TIMESTAMPTZ,
    -- Somebody asks the gateway right now; a lease, so that whoever dies with it blocks nobody for long.
    ADD COLUMN checking_until TIMESTAMPTZ,
    -- When the check under way began, and when the last one that ended had begun.
    ADD COLUMN check_began_at TIMESTAMPTZ,
    ADD COLUMN checked_at TIMESTAMPTZ,
    -- When the payer first came back.
    ADD COLUMN returned_at TIMESTAMPTZ,
    -- What the gateway said last, in a word or its code; for people who look into it.
    ADD COLUMN last_answer TEXT;

-- The sweep that asks the gateway.
CREATE INDEX idx_payments_next_check ON payments (next_check_at, id) WHERE next_check_at IS NOT NULL;
-- Looking up a receipt by its number, and noticing a number that is used twice.
CREATE INDEX idx_payments_ref_number ON payments (gateway_ref_number) WHERE gateway_ref_number IS NOT NULL;

-- Money that the gateway holds for us under an authority we never asked for.
CREATE TABLE stray_authorities (
    authority TEXT PRIMARY KEY,
    -- Rials, as the gateway says.
    amount BIGINT NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    last_seen_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    CONSTRAINT chk_stray_authority CHECK (authority ~ '^[0-9A-Za-z]{1,64}$')
);
-- The list of what needs attention, newest first.
CREATE INDEX idx_stray_authorities_seen ON stray_authorities (last_seen_at DESC, authority DESC);

-- The month that a purchase would bring, by the same rules as activate_payment, without buying.
CREATE FUNCTION preview_period(p_owner_id uuid, p_starts_now boolean)
RETURNS TABLE (starts_at timestamptz, ends_at timestamptz) LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
    v_last subscription_periods;
    v_month integer;
BEGIN
    SELECT * INTO v_last FROM subscription_periods p
     WHERE coalesce(p.user_id, p.vendor_id) = p_owner_id AND p.ends_at > v_now AND p.ends_at > p.starts_at
     ORDER BY p.ends_at DESC LIMIT 1;
    IF p_starts_now OR v_last.id IS NULL THEN
        RETURN QUERY SELECT v_now, period_month(v_now, 1);
        RETURN;
    END IF;
    v_month := (
        SELECT (extract(year FROM b) - extract(year FROM a)) * 12 + extract(month FROM b) - extract(month FROM a)
          FROM (SELECT v_last.anchor_at AT TIME ZONE 'Asia/Tehran' AS a, v_last.ends_at AT TIME ZONE 'Asia/Tehran' AS b) t
    );
    IF period_month(v_last.anchor_at, v_month) <> v_last.ends_at THEN
        RETURN QUERY SELECT v_last.ends_at, period_month(v_last.ends_at, 1);
    ELSE
        RETURN QUERY SELECT period_month(v_last.anchor_at, v_month), period_month(v_last.anchor_at, v_month + 1);
    END IF;
END
$$;

-- Reminders ------------------------------------------------------------------------------------------------------

-- Whether an account wants to be told that its plan ends.
ALTER TABLE users ADD COLUMN plan_reminders BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE vendors ADD COLUMN plan_reminders BOOLEAN NOT NULL DEFAULT true;

-- One row is one reminder; its key is what makes two workers send it once. An end that moves is another end.
CREATE TABLE plan_reminders (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    period_id UUID NOT NULL REFERENCES subscription_periods(id) ON DELETE NO ACTION,
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    ends_at TIMESTAMPTZ NOT NULL,
    -- 0 is the end itself.
    days_before INTEGER NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
    CONSTRAINT chk_reminder_owner CHECK (num_nonnulls(user_id, vendor_id) = 1),
    CONSTRAINT chk_reminder_days CHECK (days_before IN (0, 1, 3, 7)),
    CONSTRAINT plan_reminders_key UNIQUE (period_id, ends_at, days_before)
);
CREATE INDEX idx_reminders_user ON plan_reminders (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX idx_reminders_vendor ON plan_reminders (vendor_id) WHERE vendor_id IS NOT NULL;

-- Writes down the reminders that are due and answers with them. Paid periods only, that nothing paid follows,
-- that were not refunded, of accounts that may act and want it. Of several that are due only the nearest: after
-- a pause nobody gets three messages at once, and an end long past is not brought up again.
CREATE FUNCTION claim_plan_reminders(p_limit integer DEFAULT 200)
RETURNS SETOF plan_reminders LANGUAGE plpgsql AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    RETURN QUERY
    INSERT INTO plan_reminders (period_id, user_id, vendor_id, ends_at, days_before)
    SELECT due.id, due.user_id, due.vendor_id, due.ends_at, due.days_before FROM (
        SELECT p.id, p.user_id, p.vendor_id, p.ends_at,
               CASE WHEN p.ends_at <= v_now THEN 0
                    WHEN p.ends_at <= v_now + INTERVAL '1 day' THEN 1
                    WHEN p.ends_at <= v_now + INTERVAL '3 days' THEN 3
                    ELSE 7 END AS days_before
          FROM subscription_periods p
          LEFT JOIN users u ON u.id = p.user_id
          LEFT JOIN vendors v ON v.id = p.vendor_id
         WHERE p.ends_at > v_now - INTERVAL '1 day' AND p.ends_at <= v_now + INTERVAL '7 days'
           AND p.payment_id IS NOT NULL AND p.ends_at > p.starts_at AND p.starts_at <= v_now
           AND coalesce(u.is_active AND u.plan_reminders, v.is_active AND v.plan_reminders)
           AND NOT EXISTS (SELECT 1 FROM payment_refunds r WHERE r.payment_id = p.payment_id)
           AND NOT EXISTS (
               SELECT 1 FROM subscription_periods f
                WHERE coalesce(f.user_id, f.vendor_id) = coalesce(p.user_id, p.vendor_id)
                  AND f.payment_id IS NOT NULL AND f.ends_at > p.ends_at AND f.ends_at > f.starts_at
           )
    ) due
     WHERE NOT EXISTS (
        SELECT 1 FROM plan_reminders r
         WHERE r.period_id = due.id AND r.ends_at = due.ends_at AND r.days_before <= due.days_before
     )
     ORDER BY due.ends_at, due.id LIMIT p_limit
    ON CONFLICT ON CONSTRAINT plan_reminders_key DO NOTHING
    RETURNING *;
END
$$;
