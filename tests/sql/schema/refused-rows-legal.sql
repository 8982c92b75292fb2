-- Rows of the pages of law that the server itself refuses.

-- a page that is not there => 23514 chk_legal_page
INSERT INTO legal_texts (page, version, fa, en) VALUES ('cookies', 1, 'x', 'x');

-- a text without a word => 23514 chk_legal_text
INSERT INTO legal_texts (page, version, fa, en) VALUES ('terms', 1, '', 'x');

-- an agreement of nobody => 23514 chk_legal_consent_owner
INSERT INTO legal_consents (page, version) VALUES ('terms', 1);

-- an agreement of two => 23514 chk_legal_consent_owner
INSERT INTO legal_consents (user_id, vendor_id, page, version) VALUES (:user, :vendor, 'terms', 1);
