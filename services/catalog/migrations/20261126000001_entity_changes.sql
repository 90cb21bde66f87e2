-- What changed in entities: the newest changes of each, until it goes.
CREATE TABLE entity_change (
    entity_ref  text COLLATE "C" NOT NULL,
    -- The uid then: an entity that was removed by a release that does not know of this table may have come back anew.
    entity_id   uuid NOT NULL,
    -- That of the version in `final_entity` that the change led to.
    revision    bigint NOT NULL,
    changed_at  timestamptz NOT NULL,
    -- Location ref of the file that the version was read from; empty when it does not say.
    location    text NOT NULL,
    -- A JSON array of what changed in which field.
    fields      text NOT NULL,
    -- How many fields changed beside those.
    more_fields integer NOT NULL,
    PRIMARY KEY (entity_ref, revision)
);
