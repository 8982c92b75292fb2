CREATE INDEX CONCURRENTLY idx_gallery_days_counts ON gallery_days (vendor_id, subject, day, subject_id) INCLUDE (views, tries, results, shares, clicks, sends);
