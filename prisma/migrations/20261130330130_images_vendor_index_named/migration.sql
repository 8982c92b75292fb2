-- The policy of the second wall asks for user_id: an index that does not hold it is never read alone.
ALTER INDEX idx_images_vendor_all RENAME TO idx_images_vendor;
