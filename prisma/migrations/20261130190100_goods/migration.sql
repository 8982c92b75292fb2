-- Goods: what is sold, what it is called in each language, what it costs from when, and codes that take something off or
-- give something.
-- empty: payment_plans

-- A plan is for a month; a pack is bought once and adds to what does not lapse.
ALTER TABLE payment_plans ADD COLUMN term TEXT NOT NULL DEFAULT 'month';
ALTER TABLE payment_plans
    ADD CONSTRAINT chk_plan_term CHECK (term = 'month' OR term = 'once' AND price_per_month_cents > 0
        AND CASE audience WHEN 'user' THEN monthly_conversions_limit > 0 AND monthly_images_limit = 0
                          ELSE monthly_images_limit > 0 AND monthly_conversions_limit = 0 END);

CREATE FUNCTION keep_plan_term() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the name and the term of plan % never change', OLD.name USING ERRCODE = 'ST004';
END
$$;
CREATE TRIGGER trg_payment_plans_keep_term BEFORE UPDATE OF term, name ON payment_plans FOR EACH ROW
    WHEN ((OLD.term, OLD.name) IS DISTINCT FROM (NEW.term, NEW.name)) EXECUTE FUNCTION keep_plan_term();

-- What people read.
CREATE TABLE plan_texts (
    plan_id UUID NOT NULL REFERENCES payment_plans(id) ON DELETE CASCADE,
    locale TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    CONSTRAINT plan_texts_pkey PRIMARY KEY (plan_id, locale),
    CONSTRAINT chk_plan_text CHECK (locale IN ('fa', 'en') AND length(name) BETWEEN 1 AND 60 AND length(description) BETWEEN 1 AND 300)
);
INSERT INTO plan_texts (plan_id, locale, name)
SELECT p.id, t.locale, t.name
  FROM payment_plans p
  JOIN (VALUES ('free', 'fa', 'رایگان'), ('free', 'en', 'Free'),
               ('basic', 'fa', 'پایه'), ('basic', 'en', 'Basic'),
               ('advanced', 'fa', 'پیشرفته'), ('advanced', 'en', 'Advanced'),
               ('vendor_free', 'fa', 'رایگان کسب‌وکار'), ('vendor_free', 'en', 'Business free'),
               ('vendor_pro', 'fa', 'حرفه‌ای کسب‌وکار'), ('vendor_pro', 'en', 'Business pro')) t (plan, locale, name)
    ON t.plan = p.name;
CREATE TRIGGER trg_plan_texts_tell AFTER INSERT OR UPDATE OR DELETE ON plan_texts
    FOR EACH STATEMENT EXECUTE FUNCTION notify_plans_changed();

-- What a plan costs from when. The plan's own column is what it costs now, or did until the first of these begins.
CREATE TABLE plan_prices (
    plan_id UUID NOT NULL REFERENCES payment_plans(id) ON DELETE CASCADE,
    starts_at TIMESTAMPTZ NOT NULL,
    price BIGINT NOT NULL,
    created_by UUID REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT plan_prices_pkey PRIMARY KEY (plan_id, starts_at),
    CONSTRAINT chk_price_payable CHECK (price = 0 OR price BETWEEN 10000 AND 1000000000)
);
COMMENT ON COLUMN plan_prices.price IS 'Rials.';
CREATE TRIGGER trg_plan_prices_tell AFTER INSERT OR UPDATE OR DELETE ON plan_prices
    FOR EACH STATEMENT EXECUTE FUNCTION notify_plans_changed();

CREATE FUNCTION plan_price(p_plan_id uuid, p_at timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT price FROM plan_prices WHERE plan_id = p_plan_id AND starts_at <= p_at ORDER BY starts_at DESC LIMIT 1),
                    (SELECT price_per_month_cents FROM payment_plans WHERE id = p_plan_id))
$$;

-- A price that has begun is history; what is free stays free and what is paid for stays so.
CREATE FUNCTION guard_plan_price() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.plan_id, OLD.starts_at, OLD.price) IS NOT DISTINCT FROM (NEW.plan_id, NEW.starts_at, NEW.price) THEN
        RETURN NEW;
    END IF;
    IF TG_OP <> 'INSERT' AND OLD.starts_at <= v_now AND EXISTS (SELECT 1 FROM payment_plans WHERE id = OLD.plan_id) THEN
        RAISE EXCEPTION 'a price of % that has begun is kept', OLD.plan_id USING ERRCODE = 'ST004';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.starts_at > v_now AND EXISTS (
        SELECT 1 FROM payment_plans WHERE id = NEW.plan_id AND (price_per_month_cents = 0) <> (NEW.price = 0)
    ) THEN
        RAISE EXCEPTION 'plan % stays free, or paid for', NEW.plan_id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER trg_plan_prices_guard BEFORE INSERT OR UPDATE OR DELETE ON plan_prices
    FOR EACH ROW EXECUTE FUNCTION guard_plan_price();

-- A price that is written into the plan itself holds from now on, whatever began before.
CREATE FUNCTION note_plan_price() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
BEGIN
    IF plan_price(NEW.id, v_now) <> NEW.price_per_month_cents
       OR NOT EXISTS (SELECT 1 FROM plan_prices WHERE plan_id = NEW.id AND starts_at <= v_now) THEN
        INSERT INTO plan_prices (plan_id, starts_at, price) VALUES (NEW.id, v_now, NEW.price_per_month_cents);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_payment_plans_price AFTER UPDATE OF price_per_month_cents ON payment_plans FOR EACH ROW
    WHEN (NEW.price_per_month_cents <> OLD.price_per_month_cents) EXECUTE FUNCTION note_plan_price();

-- Brings the column in line with prices that have begun since; reading a price does not wait for it.
CREATE FUNCTION apply_due_prices() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
    v_changed integer;
BEGIN
    UPDATE payment_plans SET price_per_month_cents = plan_price(id, v_now)
     WHERE price_per_month_cents <> plan_price(id, v_now);
    GET DIAGNOSTICS v_changed = ROW_COUNT;
    RETURN v_changed;
END
$$;

-- Codes: a share of the price, an amount off it, or a present of conversions (images for a vendor).
CREATE TABLE coupons (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    value BIGINT NOT NULL,
    plan_id UUID REFERENCES payment_plans(id),
    audience TEXT,
    per_person INTEGER NOT NULL DEFAULT 1,
    use_limit INTEGER,
    used INTEGER NOT NULL DEFAULT 0,
    starts_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    ends_at TIMESTAMPTZ,
    retired_at TIMESTAMPTZ,
    created_by UUID REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT coupons_code_key UNIQUE (code),
    CONSTRAINT chk_coupon CHECK (code ~ '^[A-Z0-9]{4,24}$'),
    CONSTRAINT chk_coupon_value CHECK (CASE kind WHEN 'percent' THEN value BETWEEN 1 AND 100
        WHEN 'amount' THEN value BETWEEN 1 AND 1000000000 WHEN 'gift' THEN value BETWEEN 1 AND 1000 ELSE false END),
    CONSTRAINT chk_coupon_use CHECK (per_person >= 1 AND 0 <= used AND (use_limit IS NULL OR used <= use_limit)),
    CONSTRAINT chk_coupon_audience CHECK (audience IN ('user', 'vendor')),
    CONSTRAINT chk_coupon_gift CHECK (kind <> 'gift' OR plan_id IS NULL AND audience IS NOT NULL AND use_limit IS NOT NULL),
    CONSTRAINT chk_coupon_window CHECK (ends_at > starts_at)
);
COMMENT ON COLUMN coupons.value IS 'A percentage, Rials, or conversions or images.';

-- Who used which. What was let go of is kept with the moment.
CREATE TABLE coupon_uses (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    code_id UUID NOT NULL REFERENCES coupons(id),
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    payment_id UUID,
    grant_id UUID,
    -- Its money came when the code had no use left: it was honoured, and is not counted.
    is_over BOOLEAN NOT NULL DEFAULT false,
    taken_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    given_back_at TIMESTAMPTZ,
    CONSTRAINT coupon_uses_payment_id_key UNIQUE (payment_id),
    CONSTRAINT coupon_uses_grant_id_key UNIQUE (grant_id),
    CONSTRAINT coupon_uses_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments(id),
    CONSTRAINT coupon_uses_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES quota_grants(id),
    CONSTRAINT chk_coupon_use_owner CHECK (num_nonnulls(user_id, vendor_id) = 1),
    CONSTRAINT chk_coupon_use_for CHECK (num_nonnulls(payment_id, grant_id) = 1)
);
-- How often one person used a code (take_coupon), and the uses of a code in the console.
CREATE INDEX idx_coupon_uses_code ON coupon_uses (code_id, coalesce(user_id, vendor_id));
-- The end of an account.
CREATE INDEX idx_coupon_uses_user ON coupon_uses (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX idx_coupon_uses_vendor ON coupon_uses (vendor_id) WHERE vendor_id IS NOT NULL;

ALTER TABLE payments ADD COLUMN coupon_id UUID;
ALTER TABLE payments ADD COLUMN discount BIGINT NOT NULL DEFAULT 0;
COMMENT ON COLUMN payments.discount IS 'Rials that a code took off; the price was amount + credit + discount.';
ALTER TABLE payments ADD CONSTRAINT payments_coupon_id_fkey FOREIGN KEY (coupon_id) REFERENCES coupons(id) NOT VALID;
ALTER TABLE payments ADD CONSTRAINT chk_payment_discount CHECK (discount >= 0 AND (discount > 0) = (coupon_id IS NOT NULL)) NOT VALID;
-- A code that pays for everything leaves nothing for a gateway to take.
ALTER TABLE payments DROP CONSTRAINT chk_payment_amount;
ALTER TABLE payments ADD CONSTRAINT chk_payment_amount CHECK ((amount > 0 AND gateway <> 'code' OR amount = 0 AND discount > 0 AND gateway = 'code')
    AND credit >= 0 AND conversions_limit >= 0 AND images_limit >= 0) NOT VALID;
ALTER TABLE payments DROP CONSTRAINT chk_payment_kind;
ALTER TABLE payments ADD CONSTRAINT chk_payment_kind CHECK (kind IN ('new', 'renewal', 'upgrade', 'downgrade', 'pack')) NOT VALID;
-- Which payment a pack's conversions were bought with, and which refund took them back.
ALTER TABLE quota_grants ADD COLUMN payment_id UUID;
ALTER TABLE quota_grants ADD CONSTRAINT quota_grants_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments(id) NOT VALID;

CREATE FUNCTION keep_payment_discount() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what a code took off payment % is frozen', OLD.id USING ERRCODE = 'ST004';
END
$$;
CREATE TRIGGER trg_payments_keep_discount BEFORE UPDATE OF coupon_id, discount ON payments FOR EACH ROW
    WHEN ((OLD.coupon_id, OLD.discount) IS DISTINCT FROM (NEW.coupon_id, NEW.discount)) EXECUTE FUNCTION keep_payment_discount();

CREATE FUNCTION check_payment_goods() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An unknown plan is left to the foreign key.
    IF EXISTS (SELECT 1 FROM payment_plans WHERE id = NEW.plan_id AND (term = 'once') <> (NEW.kind = 'pack')) THEN
        RAISE EXCEPTION 'a pack is bought as one, and a month as one' USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER trg_payments_goods BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION check_payment_goods();

-- What of a code is frozen once it was used, and what is not.
CREATE FUNCTION guard_coupon() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.code, NEW.kind, NEW.value, NEW.plan_id, NEW.audience, NEW.starts_at)
       IS DISTINCT FROM (OLD.code, OLD.kind, OLD.value, OLD.plan_id, OLD.audience, OLD.starts_at) THEN
        RAISE EXCEPTION 'what code % gives is frozen', OLD.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER trg_coupons_guard BEFORE UPDATE ON coupons FOR EACH ROW EXECUTE FUNCTION guard_coupon();

-- The count of a code is that of its uses.
CREATE FUNCTION count_coupon_use() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_before integer := CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE (OLD.given_back_at IS NULL AND NOT OLD.is_over)::integer END;
    v_after integer := CASE WHEN TG_OP = 'DELETE' THEN 0 ELSE (NEW.given_back_at IS NULL AND NOT NEW.is_over)::integer END;
BEGIN
    IF v_after <> v_before THEN
        UPDATE coupons SET used = used + v_after - v_before WHERE id = coalesce(NEW.code_id, OLD.code_id);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_coupon_uses_count AFTER INSERT OR DELETE OR UPDATE OF given_back_at, is_over ON coupon_uses
    FOR EACH ROW EXECUTE FUNCTION count_coupon_use();

/* Takes one use of a code for a payment or a present, under the code's lock: of 64 at once no more than its limit. */
CREATE FUNCTION take_coupon(p_code_id uuid, p_user_id uuid, p_vendor_id uuid, p_plan_id uuid, p_payment_id uuid, p_grant_id uuid)
RETURNS coupons LANGUAGE plpgsql AS $$
DECLARE
    v_code coupons;
    v_now timestamptz;
BEGIN
    SELECT * INTO v_code FROM coupons WHERE id = p_code_id FOR NO KEY UPDATE;
    v_now := clock_timestamp();
    IF v_code.id IS NULL OR v_code.retired_at IS NOT NULL OR v_code.starts_at > v_now OR v_code.ends_at <= v_now THEN
        RAISE EXCEPTION 'code % is not to be used now', p_code_id USING ERRCODE = 'ST004', HINT = 'coupon_unknown';
    ELSIF (v_code.kind = 'gift') <> (p_grant_id IS NOT NULL)
       OR v_code.audience <> (CASE WHEN p_user_id IS NOT NULL THEN 'user' ELSE 'vendor' END)
       OR v_code.plan_id <> p_plan_id THEN
        RAISE EXCEPTION 'code % is for something else', p_code_id USING ERRCODE = 'ST004', HINT = 'coupon_unfit';
    ELSIF v_code.used >= v_code.use_limit THEN
        RAISE EXCEPTION 'code % is used up', p_code_id USING ERRCODE = 'ST004', HINT = 'coupon_over';
    ELSIF (SELECT count(*) FROM coupon_uses WHERE code_id = p_code_id AND given_back_at IS NULL
              AND coalesce(user_id, vendor_id) = coalesce(p_user_id, p_vendor_id)) >= v_code.per_person THEN
        RAISE EXCEPTION 'code % was used by this person', p_code_id USING ERRCODE = 'ST004', HINT = 'coupon_mine';
    END IF;
    INSERT INTO coupon_uses (code_id, user_id, vendor_id, payment_id, grant_id)
    VALUES (p_code_id, p_user_id, p_vendor_id, p_payment_id, p_grant_id);
    RETURN v_code;
END
$$;

-- A payment that is begun takes its use; no more is taken off than the code says.
CREATE FUNCTION take_payment_coupon() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_code coupons;
    v_price bigint := NEW.amount + NEW.credit + NEW.discount;
BEGIN
    v_code := take_coupon(NEW.coupon_id, NEW.user_id, NEW.vendor_id, NEW.plan_id, NEW.id, NULL);
    IF NEW.discount > (CASE v_code.kind WHEN 'percent' THEN (v_price * v_code.value + 99) / 100 ELSE v_code.value END) THEN
        RAISE EXCEPTION 'code % gives less', v_code.id USING ERRCODE = 'ST004';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_payments_take_coupon AFTER INSERT ON payments FOR EACH ROW
    WHEN (NEW.coupon_id IS NOT NULL) EXECUTE FUNCTION take_payment_coupon();

-- One that ends unpaid lets its use go. Money that comes all the same takes it again; if none is left, it is honoured beside
-- the limit and a person is told.
CREATE FUNCTION settle_payment_coupon() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_code coupons;
    v_is_over boolean;
BEGIN
    IF NEW.status <> 'completed' THEN
        UPDATE coupon_uses SET given_back_at = clock_timestamp() WHERE payment_id = NEW.id AND given_back_at IS NULL;
    ELSIF OLD.status <> 'pending' THEN
        SELECT * INTO v_code FROM coupons WHERE id = NEW.coupon_id FOR NO KEY UPDATE;
        v_is_over := coalesce(v_code.used >= v_code.use_limit, false);
        UPDATE coupon_uses SET given_back_at = NULL, is_over = v_is_over WHERE payment_id = NEW.id AND given_back_at IS NOT NULL;
        IF v_is_over THEN
            INSERT INTO payment_concerns (payment_id, reason) VALUES (NEW.id, 'coupon_over') ON CONFLICT DO NOTHING;
        END IF;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_payments_settle_coupon AFTER UPDATE OF status ON payments FOR EACH ROW
    WHEN (NEW.coupon_id IS NOT NULL AND NEW.status <> OLD.status) EXECUTE FUNCTION settle_payment_coupon();

/* Redeems a present: the grant and the use of the code together. Answers with how much was given. */
CREATE FUNCTION redeem_gift(p_user_id uuid, p_vendor_id uuid, p_code text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    v_code coupons;
    v_grant_id uuid;
BEGIN
    IF p_user_id IS NOT NULL THEN
        PERFORM lock_active_user(p_user_id);
    ELSE
        PERFORM lock_active_vendor(p_vendor_id);
    END IF;
    SELECT * INTO v_code FROM coupons WHERE code = p_code;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such code' USING ERRCODE = 'ST004', HINT = 'coupon_unknown';
    ELSIF v_code.kind <> 'gift' THEN
        RAISE EXCEPTION 'code % is for something else', v_code.id USING ERRCODE = 'ST004', HINT = 'coupon_unfit';
    END IF;
    INSERT INTO quota_grants (user_id, vendor_id, resource, amount, reason)
    VALUES (p_user_id, p_vendor_id, CASE WHEN p_user_id IS NOT NULL THEN 'conversions' ELSE 'images' END, v_code.value, 'gift code')
    RETURNING id INTO v_grant_id;
    PERFORM take_coupon(v_code.id, p_user_id, p_vendor_id, NULL, NULL, v_grant_id);
    RETURN v_code.value;
END
$$;

-- A month is activated as before; a pack adds to what does not lapse, and its period is empty: one payment, one period.
ALTER FUNCTION activate_payment(uuid, text, text) RENAME TO activate_month;

CREATE FUNCTION activate_pack(p_payment_id uuid, p_ref_number text, p_card_number text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    v_payment payments;
    v_period_id uuid;
    v_now timestamptz;
BEGIN
    SELECT * INTO v_payment FROM payments WHERE id = p_payment_id;
    PERFORM lock_payment_owner(v_payment);
    SELECT * INTO v_payment FROM payments WHERE id = p_payment_id FOR NO KEY UPDATE;
    SELECT id INTO v_period_id FROM subscription_periods WHERE payment_id = p_payment_id;
    IF FOUND THEN
        RETURN v_period_id;
    END IF;
    v_now := clock_timestamp();
    INSERT INTO subscription_periods
        (user_id, vendor_id, plan_id, payment_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
    VALUES
        (v_payment.user_id, v_payment.vendor_id, v_payment.plan_id, p_payment_id, v_now, v_now, v_now,
         v_payment.conversions_limit, v_payment.images_limit)
    RETURNING id INTO v_period_id;
    INSERT INTO quota_grants (user_id, vendor_id, resource, amount, reason, payment_id)
    VALUES (v_payment.user_id, v_payment.vendor_id,
            CASE WHEN v_payment.user_id IS NOT NULL THEN 'conversions' ELSE 'images' END,
            CASE WHEN v_payment.user_id IS NOT NULL THEN v_payment.conversions_limit ELSE v_payment.images_limit END,
            'pack', p_payment_id);
    UPDATE payments
       SET status = 'completed',
           gateway_ref_number = coalesce(p_ref_number, gateway_ref_number),
           gateway_card_number = coalesce(p_card_number, gateway_card_number),
           paid_at = coalesce(paid_at, v_now)
     WHERE id = p_payment_id;
    IF EXISTS (SELECT 1 FROM users WHERE id = v_payment.user_id AND NOT is_active)
       OR EXISTS (SELECT 1 FROM vendors WHERE id = v_payment.vendor_id AND NOT is_active) THEN
        INSERT INTO payment_concerns (payment_id, reason) VALUES (p_payment_id, 'account_inactive') ON CONFLICT DO NOTHING;
    END IF;
    RETURN v_period_id;
END
$$;

CREATE FUNCTION activate_payment(p_payment_id uuid, p_ref_number text DEFAULT NULL, p_card_number text DEFAULT NULL)
RETURNS uuid LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT kind FROM payments WHERE id = p_payment_id) = 'pack' THEN
        RETURN activate_pack(p_payment_id, p_ref_number, p_card_number);
    END IF;
    RETURN activate_month(p_payment_id, p_ref_number, p_card_number);
END
$$;

-- How much of a pack a refund would take back: what is left, for what was used cannot be.
CREATE FUNCTION pack_left(p_payment_id uuid) RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT least(g.amount, coalesce(u.free_quota_remaining, v.free_gallery_remaining))
      FROM quota_grants g
      LEFT JOIN users u ON u.id = g.user_id
      LEFT JOIN vendors v ON v.id = g.vendor_id
     WHERE g.payment_id = p_payment_id AND g.amount > 0
$$;

-- A whole refund gives the use of the code back, and takes back what is left of a pack. The owner is locked already.
CREATE FUNCTION refund_goods() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO quota_grants (user_id, vendor_id, resource, amount, reason, payment_id)
    SELECT user_id, vendor_id, resource, -pack_left(NEW.payment_id), 'pack refunded', payment_id
      FROM quota_grants WHERE payment_id = NEW.payment_id AND amount > 0 AND pack_left(NEW.payment_id) > 0;
    UPDATE coupon_uses SET given_back_at = clock_timestamp() WHERE payment_id = NEW.payment_id AND given_back_at IS NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_payment_refunds_goods AFTER INSERT ON payment_refunds FOR EACH ROW EXECUTE FUNCTION refund_goods();
