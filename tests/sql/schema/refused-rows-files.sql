-- Rows about files, agreements and notices that the server itself must refuse; read as refused-rows.sql is.

-- a stored file under a name that is not 128 random bits => 23514 chk_stored_file_id
INSERT INTO stored_files (id, user_id, byte_size, sha256, variants) VALUES ('../etc/passwd', :user, 1, repeat('a', 64), '{"original": {}}');

-- a stored file of nobody => 23514 chk_stored_file_owner
INSERT INTO stored_files (id, byte_size, sha256, variants) VALUES (repeat('1', 32), 1, repeat('a', 64), '{"original": {}}');

-- a stored file of a user and a vendor => 23514 chk_stored_file_owner
INSERT INTO stored_files (id, user_id, vendor_id, byte_size, sha256, variants) VALUES (repeat('1', 32), :user, :vendor, 1, repeat('a', 64), '{"original": {}}');

-- a stored file of no bytes => 23514 chk_stored_file_size
INSERT INTO stored_files (id, user_id, byte_size, sha256, variants) VALUES (repeat('1', 32), :user, 0, repeat('a', 64), '{"original": {}}');

-- a stored file whose digest is no SHA-256 => 23514 chk_stored_file_digest
INSERT INTO stored_files (id, user_id, byte_size, sha256, variants) VALUES (repeat('1', 32), :user, 1, 'abc', '{"original": {}}');

-- a stored file without its original => 23514 chk_stored_file_variants
INSERT INTO stored_files (id, user_id, byte_size, sha256, variants) VALUES (repeat('1', 32), :user, 1, repeat('a', 64), '{"w320": {}}');

-- a stored file tried a fourth time => 23514 chk_stored_file_tries
INSERT INTO stored_files (id, user_id, byte_size, sha256, variants, later_tries) VALUES (repeat('1', 32), :user, 1, repeat('a', 64), '{"original": {}}', 4);

-- a stored file that was sent as something without a digest => 23514 chk_stored_file_sent
INSERT INTO stored_files (id, user_id, byte_size, sha256, variants, sent_sha256) VALUES (repeat('1', 32), :user, 1, repeat('a', 64), '{"original": {}}', 'ABC');

-- an upload under a name of its sender's => 23514 chk_upload_id
INSERT INTO uploads (id, key, slug, user_id, file_name, file_size, mime_type) VALUES ('me.jpg', 'k', 'photo', :user, 'a', 1, 'image/png');

-- an upload of nobody => 23514
INSERT INTO uploads (id, key, slug, file_name, file_size, mime_type) VALUES (repeat('1', 32), 'k', 'photo', 'a', 1, 'image/png');

-- a photo sent by a user and a vendor => 23514 chk_upload_owner
INSERT INTO uploads (id, key, slug, user_id, vendor_id, file_name, file_size, mime_type) VALUES (repeat('1', 32), 'k', 'photo', :user, :vendor, 'a', 1, 'image/png');

-- a picture for a gallery sent by a user => 23514 chk_upload_slug
INSERT INTO uploads (id, key, slug, user_id, file_name, file_size, mime_type) VALUES (repeat('1', 32), 'k', 'gallery', :user, 'a', 1, 'image/png');

-- an upload of a byte more than 32 MiB => 23514 chk_upload_size
INSERT INTO uploads (id, key, slug, user_id, file_name, file_size, mime_type) VALUES (repeat('1', 32), 'k', 'photo', :user, 'a', 33554433, 'image/png');

-- a file as it was sent that everybody may see => 23514 chk_stored_file_sent_of
INSERT INTO stored_files (id, vendor_id, sent_of, sent_type, is_public, byte_size, sha256, variants) VALUES (repeat('1', 32), :vendor, :picture, 'image/png', true, 1, repeat('a', 64), '{"original": {}}');

-- a file as it was sent of no known type => 23514 chk_stored_file_sent_type
INSERT INTO stored_files (id, vendor_id, sent_of, sent_type, byte_size, sha256, variants) VALUES (repeat('1', 32), :vendor, :picture, 'text/html', 1, repeat('a', 64), '{"original": {}}');

-- a type of what was not sent => 23514 chk_stored_file_sent_type
INSERT INTO stored_files (id, vendor_id, sent_type, byte_size, sha256, variants) VALUES (repeat('1', 32), :vendor, 'image/png', 1, repeat('a', 64), '{"original": {}}');

-- a file as it was sent of another vendor's picture => 23503 stored_files_sent_of_fkey
INSERT INTO stored_files (id, vendor_id, sent_of, sent_type, byte_size, sha256, variants) VALUES (repeat('1', 32), :vendor, gen_random_uuid(), 'image/png', 1, repeat('a', 64), '{"original": {}}');

-- an upload that received more than it is => 23514 chk_upload_received
INSERT INTO uploads (id, key, slug, user_id, file_name, file_size, mime_type, received_bytes) VALUES (repeat('1', 32), 'k', 'photo', :user, 'a', 1, 'image/png', 2);

-- an upload in an unknown state => 23514 chk_upload_state
INSERT INTO uploads (id, key, slug, user_id, file_name, file_size, mime_type, state) VALUES (repeat('1', 32), 'k', 'photo', :user, 'a', 1, 'image/png', 'lost');

-- an upload that is being accepted by nobody => 23514 chk_upload_claimed
INSERT INTO uploads (id, key, slug, user_id, file_name, file_size, mime_type, state) VALUES (repeat('1', 32), 'k', 'photo', :user, 'a', 1, 'image/png', 'accepting');

-- an upload that is done without an answer => 23514 chk_upload_answer
INSERT INTO uploads (id, key, slug, user_id, file_name, file_size, mime_type, state) VALUES (repeat('1', 32), 'k', 'photo', :user, 'a', 1, 'image/png', 'done');

-- an open upload that has an image => 23514 chk_upload_image
INSERT INTO uploads (id, key, slug, user_id, file_name, file_size, mime_type, image_id) VALUES (repeat('1', 32), 'k', 'photo', :user, 'a', 1, 'image/png', :photo);

-- a photo kept for a time that nobody offers => 23514 chk_image_life
UPDATE images SET life = 'year', expires_at = now() WHERE id = :photo;

-- a photo kept for a day that never ends => 23514 chk_image_life_end
UPDATE images SET life = 'day' WHERE id = :photo;

-- a gallery image that ends by itself => 23514 chk_image_life_type
UPDATE images SET life = 'day', expires_at = now() WHERE id = :picture;

-- an agreement to words without an edition => 23514 chk_agreement_terms
INSERT INTO agreements (user_id, terms, engine) VALUES (:user, 'photos', 'local');

-- an agreement to an engine that is no name => 23514 chk_agreement_engine
INSERT INTO agreements (user_id, terms, engine) VALUES (:user, 'photos-1', 'Local engine');

-- an agreement to a country that is no code => 23514 chk_agreement_country
INSERT INTO agreements (user_id, terms, engine, country) VALUES (:user, 'photos-1', 'local', 'Iran');

-- a second store of files => 23514 chk_store_mark_only
INSERT INTO file_store_marks (is_only, mark) VALUES (false, repeat('a', 32));

-- a mark of a store that is not 128 random bits => 23514 chk_store_mark
INSERT INTO file_store_marks (mark) VALUES ('mine');

-- a file without a row under a name that is not ours => 23514 chk_file_orphan_id
INSERT INTO file_orphans (id) VALUES ('theirs');

-- a code for a step that is not one => 23514 chk_otp_step
INSERT INTO otps (phone, code, expires_at, purpose, step) VALUES ('+98', 'h', now(), 'phone_verify', 'third_phone');

-- a notice whose kind is a sentence => 23514 chk_notification_kind
INSERT INTO notifications (user_id, kind) VALUES (:user, 'Something happened');

-- a notice to nobody => 23514 chk_notification_owner
INSERT INTO notifications (kind) VALUES ('phone.change');

-- a notice to a user and a vendor => 23514 chk_notification_owner
INSERT INTO notifications (user_id, vendor_id, kind) VALUES (:user, :vendor, 'phone.change');

-- a provider that failed less than never => 23514 chk_sms_circuit_failures
INSERT INTO sms_circuits (provider, failures) VALUES ('kavenegar', -1);

-- a handle that is a sentence => 23514 chk_vendor_handle
UPDATE vendors SET handle = 'My Studio' WHERE id = :vendor;

-- a handle that would pass for ours => 23514 chk_vendor_handle_reserved
UPDATE vendors SET handle = 'admin' WHERE id = :vendor;

-- a title of nothing => 23514 chk_image_title
UPDATE images SET title = '' WHERE id = :picture;

-- a description of nothing => 23514 chk_image_alt_text
UPDATE images SET alt_text = '' WHERE id = :picture;

-- a description longer than anybody hears out => 23514 chk_image_alt_text
UPDATE images SET alt_text = repeat('x', 301) WHERE id = :picture;

-- a description of a user's photo => 23514 chk_image_alt_text
UPDATE images SET alt_text = 'me' WHERE id = :photo;

-- a photo of a user in the trash => 23514 chk_image_trash
UPDATE images SET deleted_at = now() WHERE id = :photo;

-- a public image in the trash => 23514 chk_image_trash
UPDATE images SET deleted_at = now(), is_public = true WHERE id = :picture;

-- an image that nobody decided about in words we know => 23514 chk_image_moderation
UPDATE images SET moderation = 'perhaps' WHERE id = :picture;

-- a public image that waits for a decision => 23514 chk_image_public_accepted
UPDATE images SET moderation = 'waiting', is_public = true WHERE id = :picture;

-- an album in an order that nobody offers => 23514 chk_album_image_order
UPDATE albums SET image_order = 'random' WHERE id = :album;

-- a handle that was another vendor's => 23505 vendors_handle_key
WITH taken AS (INSERT INTO vendor_handles (handle, vendor_id) VALUES ('taken-by-other', :other)) UPDATE vendors SET handle = 'taken-by-other' WHERE id = :vendor;

-- a message of nothing => 23514 chk_outbox_text
INSERT INTO outbox_messages (id, phone, text) VALUES (gen_random_uuid(), '+98', '');

-- a social link that is not a secure address => 23514 chk_vendor_social_links
UPDATE vendors SET social_links = '{"instagram": "javascript:alert(1)"}' WHERE id = :vendor;

-- social links that are a list => 23514 chk_vendor_social_links
UPDATE vendors SET social_links = '["https://example.com"]' WHERE id = :vendor;

-- a look of a kind that nobody paints => 23514 chk_images_look_kind
UPDATE images SET look_kind = 'shoes' WHERE id = :picture;

-- a look with a region outside of its image => 23514 chk_images_look
UPDATE images SET look_settings = '{"region": {"x": 0.5, "y": 0, "width": 0.6, "height": 0.5}}' WHERE id = :picture;

-- a look with a region of no numbers => 23514 chk_images_look
UPDATE images SET look_settings = '{"region": {"x": "a", "y": 0, "width": 0.6, "height": 0.5}}' WHERE id = :picture;

-- cloth wider than a hall => 23514 chk_images_look
UPDATE images SET look_settings = '{"repeatCm": 1000}' WHERE id = :picture;

-- a shade that is no colour => 23514 chk_images_look
UPDATE images SET look_settings = '{"shades": {"hair": "red"}}' WHERE id = :picture;

-- a shade of a part that nobody paints => 23514 chk_images_look
UPDATE images SET look_settings = '{"shades": {"teeth": "#ffffff"}}' WHERE id = :picture;

-- a look with something that nobody reads => 23514 chk_images_look
UPDATE images SET look_settings = '{"price": 5}' WHERE id = :picture;

-- a vendor's image with taps on somebody's photo => 23514 chk_images_look
UPDATE images SET look_settings = '{"taps": []}' WHERE id = :picture;
