ALTER TABLE gallery_days VALIDATE CONSTRAINT gallery_days_before;
