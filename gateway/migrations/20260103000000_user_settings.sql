-- What people set for themselves, one row for each (user, bucket, key).
CREATE TABLE user_settings (
    user_entity_ref text        NOT NULL,
    bucket          text        NOT NULL,
    key             text        NOT NULL,
    value           json        NOT NULL, -- as it was sent: a frontend gets back what it stored
    version         bigint      NOT NULL, -- counts the changes of this row
    updated_at      timestamptz NOT NULL,
    PRIMARY KEY (user_entity_ref, bucket, key)
);
