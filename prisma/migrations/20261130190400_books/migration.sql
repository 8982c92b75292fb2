-- Books: who sells and with what VAT from when, what the gateway kept, and invoices with numbers that leave none out.

-- The terms in force are the latest that have begun. Without any there is no VAT, and an invoice names no seller.
CREATE TABLE book_terms (
    starts_at TIMESTAMPTZ PRIMARY KEY,
    vat_rate INTEGER NOT NULL,
    seller JSONB NOT NULL,
    created_by UUID REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT chk_terms_vat CHECK (vat_rate BETWEEN 0 AND 10000),
    CONSTRAINT chk_terms_seller CHECK (jsonb_typeof(seller) = 'object' AND length(seller::text) <= 2000)
);
COMMENT ON COLUMN book_terms.vat_rate IS 'Hundredths of a per cent.';

CREATE FUNCTION guard_book_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.starts_at <= clock_timestamp()
       AND (TG_OP = 'DELETE' OR (NEW.starts_at, NEW.vat_rate, NEW.seller) IS DISTINCT FROM (OLD.starts_at, OLD.vat_rate, OLD.seller)) THEN
        RAISE EXCEPTION 'terms that have begun are kept' USING ERRCODE = 'ST004';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER trg_book_terms_guard BEFORE UPDATE OR DELETE ON book_terms FOR EACH ROW EXECUTE FUNCTION guard_book_terms();

-- What stands on the invoices of an account that asks for it.
CREATE TABLE buyer_details (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    national_code TEXT NOT NULL,
    economic_code TEXT,
    postal_code TEXT,
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT buyer_details_user_id_key UNIQUE (user_id),
    CONSTRAINT buyer_details_vendor_id_key UNIQUE (vendor_id),
    CONSTRAINT chk_buyer_owner CHECK (num_nonnulls(user_id, vendor_id) = 1),
    CONSTRAINT chk_buyer_details CHECK (length(name) BETWEEN 1 AND 120 AND national_code ~ '^[0-9]{10,11}$'
        AND economic_code ~ '^[0-9]{11,14}$' AND postal_code ~ '^[0-9]{10}$')
);
CREATE FUNCTION forget_buyer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM buyer_details WHERE user_id = NEW.id OR vendor_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_users_forget_buyer AFTER UPDATE OF phone ON users FOR EACH ROW
    WHEN (NEW.phone LIKE 'deleted:%') EXECUTE FUNCTION forget_buyer();
CREATE TRIGGER trg_vendors_forget_buyer AFTER UPDATE OF phone ON vendors FOR EACH ROW
    WHEN (NEW.phone LIKE 'deleted:%') EXECUTE FUNCTION forget_buyer();

ALTER TABLE payments ADD COLUMN gateway_fee BIGINT;
ALTER TABLE payments ADD COLUMN card_hash TEXT;
ALTER TABLE payments ADD COLUMN vat_rate INTEGER NOT NULL DEFAULT 0;
ALTER TABLE payments ADD COLUMN vat BIGINT NOT NULL DEFAULT 0;
COMMENT ON COLUMN payments.gateway_fee IS 'Rials that the gateway keeps of the amount, as it says when it settles.';
COMMENT ON COLUMN payments.vat IS 'Rials of VAT within the amount.';
ALTER TABLE payments ADD CONSTRAINT chk_payment_fee CHECK (gateway_fee >= 0) NOT VALID;
ALTER TABLE payments ADD CONSTRAINT chk_payment_card_hash CHECK (card_hash ~ '^[0-9A-F]{64}$') NOT VALID;

-- The part of an amount that is VAT, when the amount holds it; Rials, rounded.
CREATE FUNCTION vat_within(p_amount bigint, p_rate integer) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT round(p_amount::numeric * p_rate / (10000 + p_rate))::bigint
$$;

CREATE FUNCTION freeze_payment_vat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'the VAT of payment % is frozen', OLD.id USING ERRCODE = 'ST004';
    END IF;
    NEW.vat_rate := coalesce((SELECT vat_rate FROM book_terms WHERE starts_at <= clock_timestamp() ORDER BY starts_at DESC LIMIT 1), 0);
    NEW.vat := vat_within(NEW.amount, NEW.vat_rate);
    RETURN NEW;
END
$$;
CREATE TRIGGER trg_payments_vat BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION freeze_payment_vat();
CREATE TRIGGER trg_payments_vat_kept BEFORE UPDATE OF vat_rate, vat ON payments FOR EACH ROW
    WHEN ((OLD.vat_rate, OLD.vat) IS DISTINCT FROM (NEW.vat_rate, NEW.vat)) EXECUTE FUNCTION freeze_payment_vat();

-- One row. Who takes a number holds it until their transaction ends, so that a number that is not used was not taken.
CREATE TABLE invoice_numbers (
    is_only BOOLEAN PRIMARY KEY DEFAULT true,
    last BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT chk_invoice_numbers CHECK (is_only AND last >= 0)
);
INSERT INTO invoice_numbers DEFAULT VALUES;

-- Kept as they were written: the law asks for them when the account is gone.
CREATE TABLE invoices (
    number BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    payment_id UUID REFERENCES payments(id) ON DELETE SET NULL,
    corrects BIGINT REFERENCES invoices(number),
    issued_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    amount BIGINT NOT NULL,
    vat_rate INTEGER NOT NULL,
    vat BIGINT NOT NULL,
    goods TEXT NOT NULL,
    seller JSONB NOT NULL,
    buyer JSONB NOT NULL,
    CONSTRAINT invoices_payment_kind_key UNIQUE (payment_id, kind),
    CONSTRAINT chk_invoice_kind CHECK (kind IN ('sale', 'correction') AND (kind = 'correction') = (corrects IS NOT NULL)),
    CONSTRAINT chk_invoice_amount CHECK (number > 0 AND amount > 0 AND vat BETWEEN 0 AND amount)
);
-- The books of a month, and their next page.
CREATE INDEX idx_invoices_issued ON invoices (issued_at, number);
CREATE INDEX idx_invoices_corrects ON invoices (corrects) WHERE corrects IS NOT NULL;

CREATE FUNCTION keep_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.payment_id IS NULL AND to_jsonb(NEW) - 'payment_id' = to_jsonb(OLD) - 'payment_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'invoices are kept as they are' USING ERRCODE = 'ST004';
END
$$;
CREATE TRIGGER trg_invoices_keep BEFORE UPDATE OR DELETE ON invoices FOR EACH ROW EXECUTE FUNCTION keep_invoice();

CREATE FUNCTION next_invoice_number() RETURNS bigint LANGUAGE sql AS $$
    UPDATE invoice_numbers SET last = last + 1 RETURNING last
$$;

CREATE FUNCTION write_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM invoices WHERE payment_id = NEW.id AND kind = 'sale') THEN
        RETURN NULL;
    END IF;
    INSERT INTO invoices (number, kind, payment_id, amount, vat_rate, vat, goods, seller, buyer)
    SELECT next_invoice_number(), 'sale', NEW.id, NEW.amount, NEW.vat_rate, NEW.vat, p.name,
           coalesce((SELECT seller FROM book_terms WHERE starts_at <= clock_timestamp() ORDER BY starts_at DESC LIMIT 1), '{}'),
           coalesce((SELECT jsonb_strip_nulls(jsonb_build_object('name', b.name, 'nationalCode', b.national_code,
                            'economicCode', b.economic_code, 'postalCode', b.postal_code))
                       FROM buyer_details b WHERE b.user_id = NEW.user_id OR b.vendor_id = NEW.vendor_id), '{}')
      FROM payment_plans p WHERE p.id = NEW.plan_id;
    RETURN NULL;
END
$$;
-- Named to come last: the numbers are the last thing that is locked.
CREATE TRIGGER trg_payments_write_invoice AFTER UPDATE OF status ON payments FOR EACH ROW
    WHEN (NEW.status = 'completed' AND OLD.status <> 'completed' AND NEW.amount > 0) EXECUTE FUNCTION write_invoice();

-- What went back is written as a correction of the invoice; a payment from before there were invoices has none to correct.
CREATE FUNCTION write_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO invoices (number, kind, payment_id, corrects, amount, vat_rate, vat, goods, seller, buyer)
    SELECT next_invoice_number(), 'correction', i.payment_id, i.number, NEW.amount, i.vat_rate, vat_within(NEW.amount, i.vat_rate),
           i.goods, i.seller, i.buyer
      FROM invoices i WHERE i.payment_id = NEW.payment_id AND i.kind = 'sale';
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_payment_refunds_write_correction AFTER INSERT ON payment_refunds FOR EACH ROW EXECUTE FUNCTION write_correction();
