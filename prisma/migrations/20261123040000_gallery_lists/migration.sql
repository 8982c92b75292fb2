-- Lists of a vendor with thousands of images.

-- The library is searched by file names too; normalising thousands of them for each search took longer than
-- everything else. Titles and tags are kept in that form already.
ALTER TABLE images ADD COLUMN file_search TEXT
    GENERATED ALWAYS AS (CASE WHEN type = 'vendor' THEN normalize_search(file_name) END) STORED;
COMMENT ON COLUMN images.file_search IS 'A vendor''s file name as it is searched.';

-- How a vendor's images and albums were received in the last days: summed up from the index alone, because the rows
-- lie all over the table, a few for each day.
CREATE INDEX idx_gallery_days_sums ON gallery_days (vendor_id, subject, day, subject_id)
    INCLUDE (views, tries, results);
