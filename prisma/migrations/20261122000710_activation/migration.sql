-- From a payment to a period.

-- Moves the paid periods ahead behind a period that now runs until period_month(p_anchor, 1), month by month.
-- Those that were contiguous with the period that was cut (it would have ended at p_cut_end) stay contiguous;
-- others move only if they would overlap. All are emptied first: an empty range overlaps nothing, so the new
-- ranges can then be set in any order without tripping the exclusion.
CREATE OR REPLACE FUNCTION rechain_periods(p_owner_id uuid, p_anchor timestamptz, p_cut_end timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_period subscription_periods;
    v_ids uuid[] := '{}';
    v_old_end timestamptz := p_cut_end;
BEGIN
    FOR v_period IN
        SELECT * FROM subscription_periods
         WHERE coalesce(user_id, vendor_id) = p_owner_id AND starts_at > p_anchor AND ends_at > starts_at
         ORDER BY starts_at
    LOOP
        EXIT WHEN v_period.starts_at IS DISTINCT FROM v_old_end
              AND v_period.starts_at >= period_month(p_anchor, cardinality(v_ids) + 1);
        v_ids := v_ids || v_period.id;
        v_old_end := v_period.ends_at;
    END LOOP;

    UPDATE subscription_periods SET ends_at = starts_at WHERE id = ANY (v_ids);
    UPDATE subscription_periods p
       SET anchor_at = p_anchor,
           starts_at = period_month(p_anchor, moved.n::integer),
           ends_at = period_month(p_anchor, moved.n::integer + 1)
      FROM unnest(v_ids) WITH ORDINALITY AS moved(id, n)
     WHERE p.id = moved.id;
END
$$;

-- Turns a confirmed payment into its period. Called again it changes nothing and answers with the same period.
--   * Nothing runs, or only a free period: the free one ends, the bought one starts now.
--   * An upgrade (or a change that was credited): the period whose rest was credited ends, the bought one starts
--     now, what was paid ahead follows it.
--   * Otherwise (renewal, downgrade, a second purchase): the bought one is appended to what is paid already, so
--     nothing that was paid is lost. So also when the credited period is over in the meantime: then a person
--     must look at the credit.
CREATE OR REPLACE FUNCTION activate_payment(p_payment_id uuid, p_ref_number text DEFAULT NULL, p_card_number text DEFAULT NULL)
RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    v_payment payments;
    v_owner_id uuid;
    v_now timestamptz;
    v_running subscription_periods;
    v_last subscription_periods;
    v_starts_now boolean;
    v_anchor timestamptz;
    v_month integer := 0;
    v_attention text;
    v_period_id uuid;
BEGIN
    -- Read without a lock to learn the owner, who never changes.
    SELECT * INTO v_payment FROM payments WHERE id = p_payment_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'payment % does not exist', p_payment_id USING ERRCODE = 'ST003';
    END IF;
    v_owner_id := coalesce(v_payment.user_id, v_payment.vendor_id);
    PERFORM lock_payment_owner(v_payment);
    SELECT * INTO v_payment FROM payments WHERE id = p_payment_id FOR NO KEY UPDATE;

    SELECT id INTO v_period_id FROM subscription_periods WHERE payment_id = p_payment_id;
    IF FOUND THEN
        RETURN v_period_id;
    END IF;

    v_now := clock_timestamp();
    SELECT * INTO v_running FROM subscription_periods
     WHERE coalesce(user_id, vendor_id) = v_owner_id AND ends_at > v_now AND starts_at <= v_now;

    v_starts_now := v_running.id IS NULL OR v_running.payment_id IS NULL
        OR (v_payment.kind = 'upgrade' OR v_payment.credit > 0)
           AND coalesce(v_payment.replaces_period_id, v_running.id) = v_running.id;
    IF v_payment.credit > 0 AND v_payment.replaces_period_id IS DISTINCT FROM v_running.id THEN
        v_attention := 'credit_period_over';
    ELSIF EXISTS (SELECT 1 FROM users WHERE id = v_owner_id AND NOT is_active)
       OR EXISTS (SELECT 1 FROM vendors WHERE id = v_owner_id AND NOT is_active) THEN
        v_attention := 'account_inactive';
    END IF;

    IF v_starts_now THEN
        v_anchor := v_now;
        UPDATE subscription_periods SET ends_at = v_now WHERE id = v_running.id;
        PERFORM rechain_periods(v_owner_id, v_now, CASE WHEN v_running.payment_id IS NOT NULL THEN v_running.ends_at END);
    ELSE
        SELECT * INTO v_last FROM subscription_periods
         WHERE coalesce(user_id, vendor_id) = v_owner_id AND ends_at > v_now AND ends_at > starts_at
         ORDER BY ends_at DESC LIMIT 1;
        -- The next month of the same anchor, so that a subscription of the 31st stays one of the 31st.
        v_anchor := v_last.anchor_at;
        v_month := (
            SELECT (extract(year FROM b) - extract(year FROM a)) * 12 + extract(month FROM b) - extract(month FROM a)
              FROM (SELECT v_anchor AT TIME ZONE 'Asia/Tehran' AS a, v_last.ends_at AT TIME ZONE 'Asia/Tehran' AS b) t
        );
        IF period_month(v_anchor, v_month) <> v_last.ends_at THEN
            v_anchor := v_last.ends_at;
            v_month := 0;
        END IF;
    END IF;

    INSERT INTO subscription_periods
        (user_id, vendor_id, plan_id, payment_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
    VALUES
        (v_payment.user_id, v_payment.vendor_id, v_payment.plan_id, p_payment_id, v_anchor,
         period_month(v_anchor, v_month), period_month(v_anchor, v_month + 1),
         v_payment.conversions_limit, v_payment.images_limit)
    RETURNING id INTO v_period_id;

    UPDATE payments
       SET status = 'completed',
           gateway_ref_number = coalesce(p_ref_number, gateway_ref_number),
           gateway_card_number = coalesce(p_card_number, gateway_card_number),
           paid_at = coalesce(paid_at, v_now),
           attention_reason = coalesce(attention_reason, v_attention)
     WHERE id = p_payment_id;
    PERFORM show_current_plan(v_owner_id);
    RETURN v_period_id;
END
$$;
