-- What a shop offers with a picture: its price (none: one has to ask), what there is of it, and how to come by it.
CREATE TABLE offers (
    image_id uuid PRIMARY KEY,
    vendor_id uuid NOT NULL,
    price_rials bigint,
    variants text[] NOT NULL DEFAULT '{}',
    in_stock boolean NOT NULL DEFAULT true,
    link text,
    booking text,
    contact text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT offers_image_fkey FOREIGN KEY (vendor_id, image_id) REFERENCES images (vendor_id, id) ON DELETE CASCADE,
    -- Toman are shown: a tenth of it is whole.
    CONSTRAINT chk_offer_price CHECK (price_rials BETWEEN 10 AND 1000000000000 AND price_rials % 10 = 0),
    CONSTRAINT chk_offer_variants CHECK (cardinality(variants) <= 12 AND array_position(variants, NULL) IS NULL
        AND array_position(variants, '') IS NULL AND length(array_to_string(variants, '')) <= 360),
    CONSTRAINT chk_offer_link CHECK (link ~ '^https://[^/]' AND length(link) <= 200),
    CONSTRAINT chk_offer_booking CHECK (booking ~ '^https://[^/]' AND length(booking) <= 200),
    CONSTRAINT chk_offer_contact CHECK (contact IN ('whatsapp', 'telegram', 'bale', 'instagram', 'phone'))
);
CREATE INDEX idx_offers_vendor ON offers (vendor_id, image_id);
CREATE TRIGGER trg_offers_updated_at BEFORE UPDATE ON offers FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- Public pages are kept: every process hears of a change.
CREATE TRIGGER trg_offers_tell_added AFTER INSERT ON offers
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_places();
CREATE TRIGGER trg_offers_tell_changed AFTER UPDATE ON offers
    REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_places();
CREATE TRIGGER trg_offers_tell_removed AFTER DELETE ON offers
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION notify_gallery_places();

-- What is shown of an offer. The way to reach the shop is named by the offer and written in the shop's profile alone: a
-- number that changes there changes everywhere, and one that is gone shows no button.
CREATE VIEW shown_offers AS
    SELECT o.image_id, o.vendor_id,
           jsonb_build_object('priceRials', o.price_rials, 'variants', to_jsonb(o.variants), 'inStock', o.in_stock,
               'link', o.link, 'booking', o.booking,
               'contact', CASE WHEN w.way IS NOT NULL THEN jsonb_build_object('kind', o.contact, 'to', w.way) END) AS offer
      FROM offers o
      JOIN vendors v ON v.id = o.vendor_id
     CROSS JOIN LATERAL (
         SELECT CASE o.contact WHEN 'phone' THEN v.contact_info ->> 'phone' ELSE v.social_links ->> o.contact END AS way
     ) w;
