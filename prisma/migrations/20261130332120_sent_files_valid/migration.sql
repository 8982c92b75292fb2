ALTER TABLE stored_files VALIDATE CONSTRAINT chk_stored_file_sent_of;
ALTER TABLE stored_files VALIDATE CONSTRAINT chk_stored_file_sent_type;
ALTER TABLE stored_files VALIDATE CONSTRAINT stored_files_sent_of_fkey;
ALTER TABLE album_links VALIDATE CONSTRAINT chk_album_link_sent;
ALTER TABLE uploads VALIDATE CONSTRAINT chk_upload_size;
