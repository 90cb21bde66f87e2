-- no-transaction
CREATE INDEX CONCURRENTLY items_by_name ON items (name);
