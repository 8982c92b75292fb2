-- What every page says at its top for a while: news, or work on the site with the hours it takes.
CREATE TABLE site_banners (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    kind TEXT NOT NULL,
    fa TEXT NOT NULL,
    en TEXT NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ,
    created_by UUID REFERENCES users (id) ON DELETE SET NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT chk_banner_kind CHECK (kind IN ('news', 'maintenance')),
    CONSTRAINT chk_banner_text CHECK (length(fa) BETWEEN 1 AND 300 AND length(en) BETWEEN 1 AND 300),
    CONSTRAINT chk_banner_window CHECK (ends_at > starts_at)
);

CREATE FUNCTION announce_banner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_change('banners_changed', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER trg_site_banners_announce AFTER INSERT OR UPDATE ON site_banners
    FOR EACH ROW EXECUTE FUNCTION announce_banner();
