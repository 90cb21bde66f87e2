-- How often the cached answers of an endpoint were forgotten on purpose. Entries of an earlier count are not found any more.
CREATE TABLE purges (
    route text PRIMARY KEY,
    count bigint NOT NULL DEFAULT 1
);
