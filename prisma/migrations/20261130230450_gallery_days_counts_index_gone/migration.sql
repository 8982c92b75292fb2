-- Every count was in it, so that no update of a day could do without it. Its key is that of the primary key.
DROP INDEX CONCURRENTLY IF EXISTS idx_gallery_days_counts;
