-- Which session each user token was issued in, for as long as it is good. The token itself says so, but what it is cut down to for
-- cookies, and for programs that act on behalf of a user, has no place for it.
CREATE TABLE session_tokens (
    user_entity_ref text        NOT NULL,
    issued_at       bigint      NOT NULL, -- as in the token: seconds since 1970
    session_id      uuid        NOT NULL, -- no reference: a row outlives its session, and says with that that it has ended
    expires_at      timestamptz NOT NULL,
    PRIMARY KEY (user_entity_ref, issued_at, session_id)
);
CREATE INDEX session_tokens_by_expiry ON session_tokens (expires_at);
