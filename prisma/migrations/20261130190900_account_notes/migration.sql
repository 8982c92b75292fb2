-- What administrators write down about an account for each other. Kept as written; gone with the account.
CREATE TABLE account_notes (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    note TEXT NOT NULL,
    written_by UUID REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT chk_note_owner CHECK (num_nonnulls(user_id, vendor_id) = 1),
    CONSTRAINT chk_note_text CHECK (length(note) BETWEEN 1 AND 300)
);
-- Of one account, newest first.
CREATE INDEX idx_account_notes_user ON account_notes (user_id, created_at DESC) WHERE user_id IS NOT NULL;
CREATE INDEX idx_account_notes_vendor ON account_notes (vendor_id, created_at DESC) WHERE vendor_id IS NOT NULL;

CREATE FUNCTION keep_account_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.written_by IS NULL AND to_jsonb(NEW) - 'written_by' = to_jsonb(OLD) - 'written_by' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'note % is kept as it is', OLD.id USING ERRCODE = 'ST004';
END
$$;
CREATE TRIGGER trg_account_notes_keep BEFORE UPDATE ON account_notes FOR EACH ROW EXECUTE FUNCTION keep_account_note();

CREATE FUNCTION forget_account_notes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM account_notes WHERE user_id = NEW.id OR vendor_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_users_forget_notes AFTER UPDATE OF phone ON users FOR EACH ROW
    WHEN (NEW.phone LIKE 'deleted:%') EXECUTE FUNCTION forget_account_notes();
CREATE TRIGGER trg_vendors_forget_notes AFTER UPDATE OF phone ON vendors FOR EACH ROW
    WHEN (NEW.phone LIKE 'deleted:%') EXECUTE FUNCTION forget_account_notes();
