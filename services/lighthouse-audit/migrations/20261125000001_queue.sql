-- What workers need to be fair, lists of websites to be fast, and credentials to be short-lived.

ALTER TABLE lighthouse_audits
    -- 0 for people, who wait for it, 1 for schedules.
    ADD COLUMN priority    smallint NOT NULL DEFAULT 0,
    -- Waiting audits are taken in order of their turn. The audits of one website have one turn after the other, so that many of
    -- one website do not hold up the others.
    ADD COLUMN turn        bigint NOT NULL DEFAULT 0,
    -- The estimate of a running audit, 0 to 100.
    ADD COLUMN percent     smallint NOT NULL DEFAULT 0,
    -- `user:password` of the URL, for the browser alone; forgotten when the audit has ended.
    ADD COLUMN credentials text,
    ADD CHECK (status = 'RUNNING' OR credentials IS NULL),
    ADD CHECK (status = 'RUNNING' OR lease_owner IS NULL);

CREATE INDEX lighthouse_audits_waiting ON lighthouse_audits (priority, turn, time_created, id)
    WHERE status = 'RUNNING' AND lease_owner IS NULL;
CREATE INDEX lighthouse_audits_waiting_of_website ON lighthouse_audits (url, priority, turn)
    WHERE status = 'RUNNING' AND lease_owner IS NULL;
CREATE INDEX lighthouse_audits_held ON lighthouse_audits (lease_expires)
    WHERE status = 'RUNNING' AND lease_owner IS NOT NULL;
CREATE INDEX lighthouse_audits_by_status ON lighthouse_audits (status, time_created DESC, id);
CREATE INDEX lighthouse_audits_of_schedule ON lighthouse_audits (schedule_id) WHERE schedule_id IS NOT NULL;
-- The two above serve what this one did.
DROP INDEX lighthouse_audits_unfinished;

-- One row for all audits of one URL, kept by the triggers below: whoever writes audits, these numbers are right.
CREATE TABLE websites (
    url          text PRIMARY KEY,
    audit_count  bigint NOT NULL,
    last_audited timestamptz NOT NULL
);

CREATE INDEX websites_newest ON websites (last_audited DESC, url);

INSERT INTO websites (url, audit_count, last_audited)
SELECT url, count(*), max(time_created) FROM lighthouse_audits GROUP BY url;

CREATE FUNCTION note_audit_of_website() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO websites AS known (url, audit_count, last_audited)
    VALUES (NEW.url, 1, NEW.time_created)
    ON CONFLICT (url) DO UPDATE
       SET audit_count  = known.audit_count + 1,
           last_audited = greatest(known.last_audited, excluded.last_audited);
    RETURN NULL;
END
$$;

CREATE FUNCTION forget_audit_of_website() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Locked first, so that the next statement sees what others have committed meanwhile.
    PERFORM 1 FROM websites WHERE url = OLD.url FOR UPDATE;
    UPDATE websites
       SET audit_count  = audit_count - 1,
           last_audited = coalesce((SELECT max(time_created) FROM lighthouse_audits WHERE url = OLD.url), last_audited)
     WHERE url = OLD.url;
    DELETE FROM websites WHERE url = OLD.url AND audit_count = 0;
    RETURN NULL;
END
$$;

CREATE TRIGGER note_website AFTER INSERT ON lighthouse_audits FOR EACH ROW EXECUTE FUNCTION note_audit_of_website();
CREATE TRIGGER forget_website AFTER DELETE ON lighthouse_audits FOR EACH ROW EXECUTE FUNCTION forget_audit_of_website();

-- Tells those who watch an audit, and workers when one waits.
CREATE FUNCTION announce_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM pg_notify('lighthouse_audits', OLD.id::text);
        RETURN NULL;
    END IF;
    PERFORM pg_notify('lighthouse_audits', NEW.id::text);
    IF NEW.status = 'RUNNING' AND NEW.lease_owner IS NULL THEN
        PERFORM pg_notify('lighthouse_queue', '');
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER announce AFTER INSERT OR DELETE OR UPDATE OF status, stage, percent, lease_owner ON lighthouse_audits
    FOR EACH ROW EXECUTE FUNCTION announce_audit();

-- How a report was compressed: 0 without a dictionary, else with the one of that number.
ALTER TABLE lighthouse_reports ADD COLUMN dictionary smallint NOT NULL DEFAULT 0;
