CREATE INDEX CONCURRENTLY idx_vendors_city ON vendors (normalize_search(profile_info ->> 'city'), created_at DESC, id DESC) WHERE is_active;
