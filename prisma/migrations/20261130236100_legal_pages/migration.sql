-- Terms and privacy in the operator's own words, in versions that stay, and who agreed to which when.

CREATE TABLE legal_texts (
    page TEXT NOT NULL,
    version INTEGER NOT NULL,
    fa TEXT NOT NULL,
    en TEXT NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    created_by UUID REFERENCES users(id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT legal_texts_pkey PRIMARY KEY (page, version),
    CONSTRAINT chk_legal_page CHECK (page IN ('terms', 'privacy')),
    CONSTRAINT chk_legal_text CHECK (length(fa) BETWEEN 1 AND 40000 AND length(en) BETWEEN 1 AND 40000)
);

-- Versions are counted without gaps and begin in their order. One that has begun is what people agreed to: it stays.
CREATE FUNCTION guard_legal_text() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last legal_texts;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.page, NEW.version, NEW.fa, NEW.en, NEW.starts_at, NEW.created_at)
           IS DISTINCT FROM (OLD.page, OLD.version, OLD.fa, OLD.en, OLD.starts_at, OLD.created_at) THEN
            RAISE EXCEPTION 'a legal text is not rewritten' USING ERRCODE = 'ST004';
        END IF;
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('legal_texts', 0));
    SELECT * INTO last FROM legal_texts
     WHERE page = CASE TG_OP WHEN 'DELETE' THEN OLD.page ELSE NEW.page END ORDER BY version DESC LIMIT 1;
    IF TG_OP = 'DELETE' THEN
        IF OLD.starts_at <= clock_timestamp() OR OLD.version <> last.version THEN
            RAISE EXCEPTION 'a legal text that has begun is kept' USING ERRCODE = 'ST004';
        END IF;
        RETURN OLD;
    END IF;
    NEW.version := coalesce(last.version, 0) + 1;
    NEW.starts_at := greatest(coalesce(NEW.starts_at, clock_timestamp()), clock_timestamp());
    IF NEW.starts_at <= last.starts_at THEN
        RAISE EXCEPTION 'a version to come begins later' USING ERRCODE = 'ST004';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER trg_legal_text_guard BEFORE INSERT OR UPDATE OR DELETE ON legal_texts
    FOR EACH ROW EXECUTE FUNCTION guard_legal_text();

CREATE FUNCTION announce_legal_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_change('legal_changed', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_legal_text_announce AFTER INSERT OR DELETE ON legal_texts
    FOR EACH ROW EXECUTE FUNCTION announce_legal_text();

CREATE TABLE legal_consents (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id UUID REFERENCES users(id) ON DELETE CASCADE,
    vendor_id UUID REFERENCES vendors(id) ON DELETE CASCADE,
    page TEXT NOT NULL,
    version INTEGER NOT NULL,
    agreed_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT legal_consents_text_fkey FOREIGN KEY (page, version) REFERENCES legal_texts(page, version),
    CONSTRAINT uq_legal_consent_user UNIQUE (user_id, page, version),
    CONSTRAINT uq_legal_consent_vendor UNIQUE (vendor_id, page, version),
    CONSTRAINT chk_legal_consent_owner CHECK (num_nonnulls(user_id, vendor_id) = 1)
);

-- The version of each page that has begun last.
CREATE FUNCTION legal_in_force() RETURNS TABLE (page TEXT, version INTEGER, starts_at TIMESTAMPTZ)
LANGUAGE sql STABLE AS $$
    SELECT DISTINCT ON (t.page) t.page, t.version, t.starts_at FROM legal_texts t
     WHERE t.starts_at <= clock_timestamp() ORDER BY t.page, t.version DESC
$$;

-- Whoever signs up agrees to what is in force: the form says so, and the account begins with it.
CREATE FUNCTION agree_at_sign_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO legal_consents (user_id, vendor_id, page, version)
    SELECT CASE TG_TABLE_NAME WHEN 'users' THEN NEW.id END, CASE TG_TABLE_NAME WHEN 'vendors' THEN NEW.id END,
           f.page, f.version FROM legal_in_force() f;
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_users_agree AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION agree_at_sign_up();
CREATE TRIGGER trg_vendors_agree AFTER INSERT ON vendors FOR EACH ROW EXECUTE FUNCTION agree_at_sign_up();
