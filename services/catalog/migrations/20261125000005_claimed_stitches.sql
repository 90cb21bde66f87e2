-- Whether somebody works on the request, or did when its process ended. Only such a request has to be replaced when the entity
-- changes again: one that nobody has taken yet will see the change anyway.
ALTER TABLE stitch_queue ADD COLUMN claimed boolean NOT NULL DEFAULT false;
