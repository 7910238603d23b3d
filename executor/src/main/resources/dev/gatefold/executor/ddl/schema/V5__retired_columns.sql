-- What the stage retire puts aside, to be put back when it is undone or the old column is dropped.

-- Old columns, on the table and on each partition.
CREATE TABLE gatefold.retired_column (
  table_oid oid NOT NULL,
  attnum    smallint NOT NULL,
  -- The change on this table: a part of all names that it gives there.
  token     text NOT NULL,
  -- The user's own comment; one that leads to the change has its place.
  comment   text,
  -- Whether the right to use it was taken away.
  denied    boolean NOT NULL,
  PRIMARY KEY (table_oid, attnum)
);

-- Rights that were taken away; attnum 0 stands for the whole table, grantee 0 for PUBLIC.
CREATE TABLE gatefold.denied_right (
  table_oid oid NOT NULL,
  attnum    smallint NOT NULL,
  grantee   oid NOT NULL,
  privilege text NOT NULL,
  grantable boolean NOT NULL,
  PRIMARY KEY (table_oid, attnum, grantee, privilege)
);

-- Rights on other columns that stand in for one on the whole table as long as a column is denied.
CREATE TABLE gatefold.lent_right (
  table_oid oid NOT NULL,
  attnum    smallint NOT NULL,
  grantee   oid NOT NULL,
  privilege text NOT NULL,
  -- The right itself is the user's own, the option to grant it is lent.
  option_only boolean NOT NULL,
  PRIMARY KEY (table_oid, attnum, grantee, privilege)
);
