-- A report may be about a shop as a whole. An image that is deleted leaves its reports without one: what they are about
-- is said apart.
ALTER TABLE image_reports ADD COLUMN about text NOT NULL DEFAULT 'image',
    ADD CONSTRAINT chk_image_report_about CHECK (about = 'image' OR about = 'vendor' AND image_id IS NULL) NOT VALID;
