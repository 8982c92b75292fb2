CREATE UNIQUE INDEX CONCURRENTLY gallery_days_key_with_counts ON gallery_days (vendor_id, subject, day, subject_id) INCLUDE (views, tries, results, shares, clicks, sends);
