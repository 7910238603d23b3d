-- How often all rows of a run were gone through once more for those that were moved along the key, and
-- how many the run had written before the last time.
ALTER TABLE gatefold.standalone_run
  ADD looks integer NOT NULL DEFAULT 0,
  ADD written_before bigint NOT NULL DEFAULT 0;
