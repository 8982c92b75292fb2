-- The rules of the migration before, read over the rows that were there.
ALTER TABLE images VALIDATE CONSTRAINT chk_images_look;
ALTER TABLE user_conversions VALIDATE CONSTRAINT chk_conversions_look;
