-- Keys that sign user tokens. The newest one that has not expired signs; all that have not expired verify. A key outlives its
-- successor, so that tokens it signed stay good.
CREATE TABLE signing_keys (
    key_id      uuid        PRIMARY KEY,
    private_key bytea       NOT NULL, -- PKCS#8
    public_jwk  jsonb       NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL
);

-- What people who signed in belong to: tokens name the person only.
CREATE TABLE user_info (
    user_entity_ref       text        PRIMARY KEY,
    ownership_entity_refs text[]      NOT NULL,
    updated_at            timestamptz NOT NULL
);
