-- What a gallery must not hold. A case: what it is, what the server answers, the statement.

-- an offer at a price below a Toman => 23514 chk_offer_price
INSERT INTO offers (image_id, vendor_id, price_rials) VALUES (:picture, :vendor, 5);

-- an offer at a part of a Toman => 23514 chk_offer_price
INSERT INTO offers (image_id, vendor_id, price_rials) VALUES (:picture, :vendor, 1005);

-- an offer with an empty size => 23514 chk_offer_variants
INSERT INTO offers (image_id, vendor_id, variants) VALUES (:picture, :vendor, '{S,""}');

-- an offer that leads to a script => 23514 chk_offer_link
INSERT INTO offers (image_id, vendor_id, link) VALUES (:picture, :vendor, 'javascript:alert(1)');

-- an appointment without https => 23514 chk_offer_booking
INSERT INTO offers (image_id, vendor_id, booking) VALUES (:picture, :vendor, 'http://a.ir');

-- an offer that is answered by nobody we know => 23514 chk_offer_contact
INSERT INTO offers (image_id, vendor_id, contact) VALUES (:picture, :vendor, 'pigeon');

-- an offer with another shop's picture => 23503 offers_image_fkey
INSERT INTO offers (image_id, vendor_id) VALUES (:foreign, :vendor);

-- presses counted below zero => 23514 chk_gallery_day_ways
INSERT INTO gallery_days (vendor_id, subject, day, subject_id, clicks) VALUES (:vendor, 'vendor', '2026-11-30', :vendor, -1);

-- a visit of an unknown kind => 23514 chk_visit_kind
INSERT INTO gallery_visits (day, kind, subject_id, visitor) VALUES ('2026-11-30', 'smell', :vendor, '0123456789abcdef');

-- a report about a shop that names one of its pictures => 23514 chk_image_report_about
INSERT INTO image_reports (vendor_id, image_id, reason, reporter, about) VALUES (:vendor, :picture, 'other', '0123456789abcdef', 'vendor');

-- a site that would end the list of those that may frame => 23514 chk_embed_hosts
INSERT INTO vendor_embeds (vendor_id, hosts) VALUES (:vendor, '{"a.ir; script-src *"}');

-- every site at once => 23514 chk_embed_hosts
INSERT INTO vendor_embeds (vendor_id, hosts) VALUES (:vendor, '{"*"}');

-- a lead with words of nothing => 23514 chk_lead_words
INSERT INTO leads (conversion_id, user_id, vendor_id, words) VALUES (gen_random_uuid(), :user, :vendor, '');

-- a lead that is answered at no time => 23514 chk_lead_answer
INSERT INTO leads (conversion_id, user_id, vendor_id, answer) VALUES (gen_random_uuid(), :user, :vendor, 'yes');

-- a lead that was taken back and still has the number => 23514 chk_lead_withdrawn
INSERT INTO leads (conversion_id, user_id, vendor_id, with_phone, withdrawn_at) VALUES (gen_random_uuid(), :user, :vendor, true, now());

-- closing words of nothing => 23514 chk_album_link_closing
INSERT INTO album_links (vendor_id, album_id, token_hash, closing_words) VALUES (:vendor, :album, repeat('a', 64), '');

-- a comment of nothing => 23514 chk_album_comment_words
INSERT INTO album_comments (link_id, image_id, words) VALUES (gen_random_uuid(), :picture, '');

-- a comment by a name of nothing => 23514 chk_album_comment_name
INSERT INTO album_comments (link_id, image_id, name, words) VALUES (gen_random_uuid(), :picture, '', 'x');

-- a colour that is none => 23514 chk_brand_colour
INSERT INTO vendor_brands (vendor_id, colour) VALUES (:vendor, 'red');

-- frames counted below zero => 23514 chk_gallery_day_embeds
INSERT INTO gallery_days (vendor_id, subject, day, subject_id, embeds) VALUES (:vendor, 'vendor', '2026-11-30', :vendor, -1);

-- scans counted below zero => 23514 chk_gallery_day_scans
INSERT INTO gallery_days (vendor_id, subject, day, subject_id, scans) VALUES (:vendor, 'vendor', '2026-11-30', :vendor, -1);

-- a link that gives what was sent and lets nobody download => 23514 chk_album_link_sent
INSERT INTO album_links (vendor_id, album_id, token_hash, gives_sent) VALUES (:vendor, :album, repeat('a', 64), true);
