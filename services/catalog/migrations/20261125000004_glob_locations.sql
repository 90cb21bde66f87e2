-- Locations that stand for many files: a file that is new may belong to one of them.
CREATE INDEX entity_state_glob ON entity_state (entity_ref)
    WHERE starts_with(entity_ref, 'location:') AND position('*' IN COALESCE(unprocessed, processed)) > 0;
