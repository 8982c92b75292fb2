CREATE INDEX CONCURRENTLY idx_vendors_kind ON vendors ((profile_info ->> 'kind'), created_at DESC, id DESC) WHERE is_active;
