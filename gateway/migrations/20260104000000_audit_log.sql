-- Every change through the gateway: who, what, when, and how it ended.
CREATE TABLE audit_log (
    event_id   bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL,
    request_id text        NOT NULL,
    actor      text        NOT NULL, -- a user's entity ref, `service:` and a subject, or `anonymous`
    action     text        NOT NULL, -- such as `catalog.location.create`
    resource   text,                 -- what it was done to, as far as known
    method     text        NOT NULL,
    path       text        NOT NULL,
    status     smallint    NOT NULL,
    address    text,
    user_agent text
);
CREATE INDEX audit_log_by_actor ON audit_log (actor, event_id);
CREATE INDEX audit_log_by_action ON audit_log (action, event_id);
CREATE INDEX audit_log_by_time ON audit_log (at);
