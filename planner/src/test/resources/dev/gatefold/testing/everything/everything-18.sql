CREATE TABLE shop.since_18 (
  id integer CONSTRAINT id_is_there NOT NULL, half integer GENERATED ALWAYS AS (id / 2) VIRTUAL,
  at daterange, other integer, CONSTRAINT never CHECK (other > 0) NOT ENFORCED,
  CONSTRAINT while_it_lasts PRIMARY KEY (id, at WITHOUT OVERLAPS)
);
ALTER TABLE shop.since_18 ADD CONSTRAINT other_is_there NOT NULL other NOT VALID;
