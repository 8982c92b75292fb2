ALTER TABLE album_links VALIDATE CONSTRAINT chk_album_link_closing;
