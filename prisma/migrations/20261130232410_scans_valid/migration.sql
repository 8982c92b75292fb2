ALTER TABLE gallery_days VALIDATE CONSTRAINT chk_gallery_day_scans;
ALTER TABLE gallery_visits VALIDATE CONSTRAINT chk_visit_kind;
