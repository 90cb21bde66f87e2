-- The catalog's tables. Refs and keys are compared as bytes everywhere, hence the C collation.

-- One row per known entity, visible or not.
CREATE TABLE entity_state (
    -- Becomes `metadata.uid`.
    entity_id         uuid PRIMARY KEY,
    entity_ref        text COLLATE "C" NOT NULL UNIQUE,
    -- The entity as its parent emitted it, JSON; NULL when `processed` is the same text.
    unprocessed       text,
    -- SHA-1, hex, of the canonical form of the emitted entity.
    unprocessed_hash  text COLLATE "C" NOT NULL,
    -- The last good result of processing, JSON; NULL until there is one.
    processed         text,
    -- What the last processing complained about: a JSON array of serialised errors, NULL when there was nothing.
    errors            text,
    -- Who may overwrite the row: the location it was read from. NULL: anybody.
    location_key      text COLLATE "C",
    -- When it is due for processing. NULL: nothing is scheduled.
    next_process_at   timestamptz,
    -- Until when a worker holds it; a worker that died lets go by this.
    leased_until      timestamptz,
    -- Since when nothing emits it any more.
    orphaned_at       timestamptz,
    created_at        timestamptz NOT NULL DEFAULT now(),
    -- When `errors` was first set in a row; NULL while there are none.
    failing_since     timestamptz
);
CREATE INDEX entity_state_due ON entity_state (next_process_at) WHERE next_process_at IS NOT NULL;
CREATE INDEX entity_state_orphaned ON entity_state (orphaned_at) WHERE orphaned_at IS NOT NULL;
CREATE INDEX entity_state_failing ON entity_state (entity_ref) WHERE failing_since IS NOT NULL;

-- Who emits whom. Exactly one of `source_key` (a provider) and `source_entity_ref` (an entity) is not empty.
CREATE TABLE entity_reference (
    target_entity_ref text COLLATE "C" NOT NULL,
    source_entity_ref text COLLATE "C" NOT NULL DEFAULT '',
    source_key        text COLLATE "C" NOT NULL DEFAULT '',
    -- The location ref of the file the target was read from; empty for providers.
    source_location   text COLLATE "C" NOT NULL DEFAULT '',
    PRIMARY KEY (target_entity_ref, source_entity_ref, source_key),
    CHECK ((source_entity_ref = '') <> (source_key = ''))
);
CREATE INDEX entity_reference_source_entity ON entity_reference (source_entity_ref, source_location)
    WHERE source_entity_ref <> '';
CREATE INDEX entity_reference_source_key ON entity_reference (source_key) WHERE source_key <> '';

-- Relations as declared, one row for both directions: the originator has `relation_type` to the target, and the target has
-- `inverse_type` to the originator.
CREATE TABLE relation (
    originating_entity_ref text COLLATE "C" NOT NULL,
    relation_type          text COLLATE "C" NOT NULL,
    target_entity_ref      text COLLATE "C" NOT NULL,
    inverse_type           text COLLATE "C" NOT NULL,
    PRIMARY KEY (originating_entity_ref, relation_type, target_entity_ref)
);
CREATE INDEX relation_target ON relation (target_entity_ref);

-- Keys by which an entity can be pulled forward, such as `url:<target>`.
CREATE TABLE refresh_key (
    entity_ref text COLLATE "C" NOT NULL,
    key        text COLLATE "C" NOT NULL,
    PRIMARY KEY (entity_ref, key)
);
CREATE INDEX refresh_key_key ON refresh_key (key);

-- One file a Location entity was expanded from, so that an unchanged one costs a comparison.
CREATE TABLE source_file (
    source_entity_ref text COLLATE "C" NOT NULL,
    -- Location ref of the file.
    location          text COLLATE "C" NOT NULL,
    -- SHA-1, hex, over content and settings of the last time it was applied; NULL: apply again whatever it holds.
    content_hash      text COLLATE "C",
    -- Validator of the last answer, for conditional reads.
    etag              text,
    -- What was wrong in it: a JSON array of serialised errors, NULL when nothing was.
    errors            text,
    PRIMARY KEY (source_entity_ref, location)
);

-- Emissions that lost against another location's entity; tried again when the winner lets go.
CREATE TABLE emission_conflict (
    entity_ref        text COLLATE "C" NOT NULL,
    source_entity_ref text COLLATE "C" NOT NULL,
    location          text COLLATE "C" NOT NULL,
    since             timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (entity_ref, source_entity_ref, location)
);
CREATE INDEX emission_conflict_source ON emission_conflict (source_entity_ref, location);

-- Entities whose final document must be composed again. A new request replaces the ticket, so that a stitch under way knows
-- that it is out of date.
CREATE TABLE stitch_queue (
    entity_ref   text COLLATE "C" PRIMARY KEY,
    ticket       bigint NOT NULL,
    next_stitch_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX stitch_queue_due ON stitch_queue (next_stitch_at);
CREATE SEQUENCE stitch_ticket;

-- What the API serves, in revision order: the change feed.
CREATE TABLE final_entity (
    entity_ref  text COLLATE "C" PRIMARY KEY,
    entity_id   uuid NOT NULL,
    -- The final document, JSON; NULL: a tombstone.
    document    text,
    -- Hash of the document without its etag: equal means nothing to write.
    hash        text COLLATE "C" NOT NULL,
    -- Refs of the entities that emit it.
    parents     text[] COLLATE "C" NOT NULL DEFAULT '{}',
    -- Assigned under an advisory lock held to the end of the transaction, so revisions become visible in order.
    revision    bigint NOT NULL UNIQUE,
    changed_at  timestamptz NOT NULL DEFAULT now()
);
CREATE SEQUENCE final_entity_revision;

-- Registered locations.
CREATE TABLE location (
    id                  uuid PRIMARY KEY,
    type                text NOT NULL,
    target              text NOT NULL,
    location_entity_ref text COLLATE "C" NOT NULL,
    UNIQUE (type, target)
);

-- Tombstones up to this revision may be gone: a reader that is further behind must start anew. One row.
CREATE TABLE feed_horizon (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    revision bigint NOT NULL
);
INSERT INTO feed_horizon (revision) VALUES (0);
