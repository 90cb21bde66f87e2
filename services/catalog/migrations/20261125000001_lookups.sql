-- What depends on a file is found by the file.
CREATE INDEX source_file_location ON source_file (lower(location));
DROP INDEX refresh_key_key;
CREATE INDEX refresh_key_key ON refresh_key (lower(key));

-- What waits for its first processing: hardly anything, most of the time.
CREATE INDEX entity_state_pending ON entity_state (entity_ref) WHERE processed IS NULL AND errors IS NULL;
