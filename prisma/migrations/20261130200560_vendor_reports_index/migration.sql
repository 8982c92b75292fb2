CREATE UNIQUE INDEX CONCURRENTLY uq_vendor_report ON image_reports (vendor_id, reporter) WHERE about = 'vendor';
