-- The rules of the migration before, read over the rows that were there.
ALTER TABLE gallery_days VALIDATE CONSTRAINT chk_gallery_day_embeds;
ALTER TABLE gallery_visits VALIDATE CONSTRAINT chk_visit_kind;
