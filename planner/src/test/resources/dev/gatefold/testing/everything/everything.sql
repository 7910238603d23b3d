-- A database with one of each kind of object that a snapshot holds.
CREATE ROLE everything_owner NOLOGIN;
CREATE ROLE everything_app NOLOGIN NOINHERIT;
CREATE ROLE "Everything Reader" NOLOGIN BYPASSRLS;
GRANT everything_owner TO everything_app;

CREATE SCHEMA shop AUTHORIZATION everything_owner;
CREATE SCHEMA "Odd Names";
COMMENT ON SCHEMA shop IS 'what is sold, and the bill''s \ backslash';
GRANT USAGE ON SCHEMA shop TO everything_app WITH GRANT OPTION;
GRANT USAGE ON SCHEMA shop TO "Everything Reader";
ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO "Everything Reader";

CREATE EXTENSION btree_gist WITH SCHEMA shop;
CREATE EXTENSION citext;

CREATE COLLATION shop.numeric_order (provider = icu, locale = 'en-u-kn-true');
CREATE COLLATION shop.no_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
COMMENT ON COLLATION shop.no_case IS 'no case';

CREATE TYPE shop.state AS ENUM ('new', 'it''s paid', 'sent');
ALTER TYPE shop.state ADD VALUE 'packed' BEFORE 'sent';
CREATE TYPE shop.address AS (street text COLLATE shop.no_case, city varchar(40), zip char(5));
COMMENT ON TYPE shop.address IS 'where to';
COMMENT ON COLUMN shop.address.city IS 'the town';
CREATE TYPE shop.float_range AS RANGE (subtype = float8, subtype_diff = float8mi);
REVOKE USAGE ON TYPE shop.state FROM PUBLIC;
GRANT USAGE ON TYPE shop.state TO everything_app;

CREATE FUNCTION shop.is_sku(value text) RETURNS boolean LANGUAGE sql IMMUTABLE
  AS $$ SELECT value ~ '^[A-Z]{2}-\d+$' $$;
CREATE DOMAIN shop.sku AS text DEFAULT 'XX-0' NOT NULL;
ALTER DOMAIN shop.sku ADD CONSTRAINT looks_right CHECK (shop.is_sku(value));
COMMENT ON CONSTRAINT looks_right ON DOMAIN shop.sku IS 'two letters';
CREATE DOMAIN shop.short_sku AS shop.sku CHECK (length(value) < 10);
COMMENT ON DOMAIN shop.sku IS 'stock keeping unit';

CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
  AS $body$
BEGIN
  -- a line that ends in blanks   
	NEW.changed := now();

  RETURN NEW;
END
$body$;
ALTER FUNCTION shop.touch() OWNER TO everything_owner;
REVOKE EXECUTE ON FUNCTION shop.touch() FROM PUBLIC;
COMMENT ON FUNCTION shop.touch() IS E'two\nlines\tand a tab';
CREATE FUNCTION shop.next_number(step integer DEFAULT 1, VARIADIC rest integer[] DEFAULT '{}')
  RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT step::bigint + cardinality(rest)';
CREATE FUNCTION shop.double(amount numeric) RETURNS numeric LANGUAGE sql IMMUTABLE
  RETURN (amount * (2)::numeric);
CREATE PROCEDURE shop.nothing(INOUT n integer) LANGUAGE plpgsql AS 'BEGIN n := n + 1; END';
CREATE AGGREGATE shop.product(numeric) (sfunc = numeric_mul, stype = numeric, initcond = '1');
COMMENT ON AGGREGATE shop.product(numeric) IS 'all of them';
CREATE FUNCTION shop.same_state(shop.state, text) RETURNS boolean LANGUAGE sql IMMUTABLE
  AS 'SELECT $1::text = $2';
CREATE OPERATOR shop.=== (function = shop.same_state, leftarg = shop.state, rightarg = text);
CREATE FUNCTION shop.to_address(text) RETURNS shop.address LANGUAGE sql IMMUTABLE
  AS 'SELECT ROW($1, NULL, NULL)::shop.address';
CREATE CAST (text AS shop.address) WITH FUNCTION shop.to_address(text) AS ASSIGNMENT;

CREATE SEQUENCE shop.numbers AS integer START 10 INCREMENT 5 MINVALUE 5 MAXVALUE 1000 CACHE 3 CYCLE;
COMMENT ON SEQUENCE shop.numbers IS 'by fives';
GRANT USAGE, SELECT ON SEQUENCE shop.numbers TO everything_app;

CREATE TABLE shop.customers (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 10) PRIMARY KEY,
  gone text,
  name text COLLATE shop.no_case NOT NULL,
  mail public.citext,
  home shop.address,
  first_sku shop.sku,
  partner bigint,
  number bigint DEFAULT shop.next_number(2),
  created timestamptz NOT NULL DEFAULT now(),
  changed timestamptz,
  tags text[] DEFAULT '{a,"b c"}',
  period shop.float_range,
  UNIQUE (name, id) INCLUDE (mail),
  CONSTRAINT named CHECK (name <> ''),
  CONSTRAINT partner_of FOREIGN KEY (partner) REFERENCES shop.customers DEFERRABLE INITIALLY DEFERRED
);
ALTER TABLE shop.customers DROP COLUMN gone;
ALTER TABLE shop.customers OWNER TO everything_owner;
ALTER TABLE shop.customers ADD CONSTRAINT later CHECK (length(name) < 100) NOT VALID;
ALTER TABLE shop.customers ALTER COLUMN name SET STORAGE EXTERNAL,
  ALTER COLUMN name SET STATISTICS 500, ALTER COLUMN mail SET COMPRESSION pglz,
  ALTER COLUMN partner SET (n_distinct = -0.5);
ALTER TABLE shop.customers SET (fillfactor = 80, autovacuum_enabled = false, toast.autovacuum_enabled = false);
ALTER TABLE shop.customers REPLICA IDENTITY FULL;
COMMENT ON TABLE shop.customers IS 'who buys';
COMMENT ON COLUMN shop.customers.name IS 'as on the bill';
COMMENT ON CONSTRAINT named ON shop.customers IS 'somebody';
COMMENT ON INDEX shop.customers_pkey IS 'the key';
REVOKE TRUNCATE ON shop.customers FROM everything_owner;
GRANT SELECT, INSERT ON shop.customers TO everything_app WITH GRANT OPTION;
GRANT SELECT (name, mail), UPDATE (name) ON shop.customers TO "Everything Reader";
GRANT SELECT ON shop.customers TO PUBLIC;
SET SESSION AUTHORIZATION everything_app;
GRANT INSERT ON shop.customers TO "Everything Reader";
RESET SESSION AUTHORIZATION;
ALTER INDEX shop.customers_pkey SET (fillfactor = 70);
CREATE INDEX by_lower ON shop.customers (lower(name COLLATE "C") text_pattern_ops DESC NULLS LAST, (id + 1))
  INCLUDE (created) WITH (fillfactor = 60) WHERE mail IS NOT NULL;
COMMENT ON INDEX shop.by_lower IS 'found by name';
CREATE INDEX by_tags ON shop.customers USING gin (tags);
CREATE UNIQUE INDEX only_mail ON shop.customers (mail);
CREATE INDEX by_expression ON shop.customers ((number * 2));
ALTER INDEX shop.by_expression ALTER COLUMN 1 SET STATISTICS 77;
ALTER TABLE shop.customers CLUSTER ON customers_pkey;
CREATE STATISTICS shop.name_and_mail (dependencies, ndistinct) ON name, mail FROM shop.customers;
ALTER STATISTICS shop.name_and_mail SET STATISTICS 40;
COMMENT ON STATISTICS shop.name_and_mail IS 'go together';
CREATE TRIGGER "Touch It" BEFORE UPDATE OF name, mail ON shop.customers FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION shop.touch('an argument');
COMMENT ON TRIGGER "Touch It" ON shop.customers IS 'keeps time';
CREATE CONSTRAINT TRIGGER checked AFTER INSERT ON shop.customers DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shop.touch();
ALTER TABLE shop.customers ENABLE ALWAYS TRIGGER checked, DISABLE TRIGGER "Touch It";
ALTER TABLE shop.customers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON shop.customers FOR SELECT TO everything_app, "Everything Reader"
  USING (name = CURRENT_USER);
CREATE POLICY no_nobody ON shop.customers AS RESTRICTIVE FOR INSERT WITH CHECK (name <> 'nobody');
COMMENT ON POLICY own_rows ON shop.customers IS 'mine';
CREATE RULE keep AS ON DELETE TO shop.customers WHERE OLD.name = 'root' DO INSTEAD NOTHING;
COMMENT ON RULE keep ON shop.customers IS 'stays';
ALTER TABLE shop.customers DISABLE RULE keep;

CREATE TABLE public.serials (
  id serial PRIMARY KEY,
  number integer DEFAULT nextval('shop.numbers'),
  total integer NOT NULL,
  doubled numeric GENERATED ALWAYS AS (shop.double(total::numeric)) STORED,
  during tstzrange,
  room integer,
  EXCLUDE USING gist (room shop.gist_int4_ops WITH =, during WITH &&) WHERE (room > 0)
);
ALTER SEQUENCE public.serials_id_seq OWNER TO CURRENT_USER;
CREATE UNIQUE INDEX serials_identity ON public.serials (total);
ALTER TABLE public.serials REPLICA IDENTITY USING INDEX serials_identity;
CREATE UNLOGGED TABLE public.scratch (id integer, note text DEFAULT E'back\\slash ''quoted''');
CREATE TABLE public.typed OF shop.address;

-- A circle of foreign keys, and composite ones.
CREATE TABLE shop.orders (
  customer bigint, number integer, main_line integer, state shop.state DEFAULT 'new',
  total numeric(12,2) DEFAULT 0.00,
  PRIMARY KEY (customer, number),
  FOREIGN KEY (customer) REFERENCES shop.customers (id) ON DELETE CASCADE ON UPDATE RESTRICT
);
CREATE TABLE shop.lines (
  customer bigint, number integer, line integer, sku shop.short_sku, amount integer DEFAULT 1,
  PRIMARY KEY (customer, number, line),
  CONSTRAINT lines_order FOREIGN KEY (customer, number) REFERENCES shop.orders MATCH FULL
);
ALTER TABLE shop.orders ADD CONSTRAINT main FOREIGN KEY (customer, number, main_line)
  REFERENCES shop.lines DEFERRABLE;
ALTER TABLE shop.lines ADD CONSTRAINT not_seen FOREIGN KEY (customer)
  REFERENCES shop.customers (id) NOT VALID;
COMMENT ON CONSTRAINT main ON shop.orders IS 'the first one';
ALTER TABLE shop.orders OWNER TO everything_owner;
ALTER TABLE shop.lines OWNER TO everything_owner;

-- Not by itself: the driver would part the statements of its body.
DO $do$ BEGIN EXECUTE $function$
CREATE FUNCTION shop.lines_of(one shop.orders) RETURNS SETOF shop.lines LANGUAGE sql STABLE
  BEGIN ATOMIC
    SELECT l.customer, l.number, l.line, l.sku, l.amount FROM shop.lines l
    WHERE l.customer = (one).customer AND CASE WHEN true THEN l.number = (one).number END;
  END
$function$; END $do$;

-- A table that can be changed by whoever owns it.
CREATE TABLE shop.prices (
  id bigint PRIMARY KEY, price integer NOT NULL DEFAULT 1 CHECK (price > 0), customer bigint,
  FOREIGN KEY (customer) REFERENCES shop.customers (id)
);
CREATE INDEX prices_price ON shop.prices (price DESC) WHERE price > 10;
COMMENT ON COLUMN shop.prices.price IS 'in cents';
GRANT SELECT (price) ON shop.prices TO everything_app;
GRANT CREATE ON SCHEMA shop TO everything_owner;
CREATE VIEW shop.dear AS SELECT p.id, p.price FROM shop.prices p WHERE p.price > 1000;
ALTER VIEW shop.dear OWNER TO everything_owner;
ALTER TABLE shop.prices OWNER TO everything_owner;

-- Partitions of two levels.
CREATE TABLE shop.events (
  id bigint NOT NULL, region text NOT NULL, at date NOT NULL, amount integer DEFAULT 0,
  customer bigint REFERENCES shop.customers (id),
  CONSTRAINT events_key PRIMARY KEY (id, region, at),
  CONSTRAINT positive CHECK (amount >= 0)
) PARTITION BY LIST (region);
CREATE INDEX events_at ON shop.events (at);
CREATE TABLE shop.events_eu PARTITION OF shop.events FOR VALUES IN ('de', 'fr') PARTITION BY RANGE (at);
CREATE TABLE shop.events_eu_new (
  at date NOT NULL, amount integer DEFAULT 7, region text NOT NULL, id bigint NOT NULL, customer bigint,
  CONSTRAINT positive CHECK (amount >= 0)
);
CREATE INDEX my_own_name ON shop.events_eu_new (at);
ALTER TABLE shop.events_eu ATTACH PARTITION shop.events_eu_new FOR VALUES FROM ('2020-01-01') TO (MAXVALUE);
CREATE TABLE shop.events_eu_old PARTITION OF shop.events_eu FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
CREATE TABLE shop.events_rest PARTITION OF shop.events DEFAULT;
CREATE TRIGGER touch BEFORE UPDATE ON shop.events FOR EACH ROW EXECUTE FUNCTION shop.touch();
ALTER TABLE shop.events_rest DISABLE TRIGGER touch;
CREATE INDEX only_here ON shop.events_rest (amount);
CREATE TABLE shop.event_notes (
  event bigint, region text, at date,
  FOREIGN KEY (event, region, at) REFERENCES shop.events (id, region, at)
);
CREATE TABLE public.base (a integer NOT NULL, b text DEFAULT 'b', CONSTRAINT a_up CHECK (a > 0));
CREATE TABLE public.heir (c integer) INHERITS (public.base);

CREATE VIEW shop.names AS SELECT c.id, c.name, c.mail FROM shop.customers c WHERE c.name <> 'x'
  WITH LOCAL CHECK OPTION;
ALTER VIEW shop.names OWNER TO everything_owner;
ALTER VIEW shop.names ALTER COLUMN mail SET DEFAULT 'none@example.org';
ALTER VIEW shop.names SET (security_barrier = true);
COMMENT ON VIEW shop.names IS 'seen';
COMMENT ON COLUMN shop.names.name IS 'again';
GRANT SELECT, UPDATE (name) ON shop.names TO "Everything Reader";
CREATE VIEW "Odd Names"."View Over" ("The Id", counted) AS
  SELECT n.id, count(*) OVER () FROM shop.names n JOIN shop.orders o ON o.customer = n.id;
CREATE VIEW public.by_key AS SELECT c.id, c.name, max(o.total) AS most
  FROM shop.customers c JOIN shop.orders o ON o.customer = c.id GROUP BY c.id;
CREATE MATERIALIZED VIEW shop.totals WITH (fillfactor = 90) AS
  SELECT o.customer, sum(o.total) AS total FROM shop.orders o GROUP BY o.customer;
CREATE UNIQUE INDEX totals_customer ON shop.totals (customer);
ALTER MATERIALIZED VIEW shop.totals ALTER COLUMN total SET STATISTICS 33;
COMMENT ON MATERIALIZED VIEW shop.totals IS 'summed';
CREATE FUNCTION shop.instead() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER instead INSTEAD OF INSERT ON "Odd Names"."View Over" FOR EACH ROW
  EXECUTE FUNCTION shop.instead();
CREATE RULE over_rule AS ON UPDATE TO public.by_key DO INSTEAD
  UPDATE shop.customers SET name = NEW.name WHERE id = OLD.id;

CREATE TABLE "Odd Names"."Order ""Item""; -- é" (
  "Id" integer PRIMARY KEY, "select" text, "naïve über" integer, plain integer,
  an_identifier_that_is_exactly_as_long_as_postgresql_lets_it_be1 integer NOT NULL,
  CONSTRAINT "An odd constraint" CHECK ("naïve über" > 0)
);
CREATE INDEX a_name_of_an_index_that_is_as_long_as_a_name_in_postgresql_may1
  ON "Odd Names"."Order ""Item""; -- é" (an_identifier_that_is_exactly_as_long_as_postgresql_lets_it_be1);
COMMENT ON COLUMN "Odd Names"."Order ""Item""; -- é"."select" IS E'\u2028 separators and \\ more';

CREATE FOREIGN DATA WRAPPER elsewhere;
CREATE SERVER far FOREIGN DATA WRAPPER elsewhere OPTIONS (password 'secret-word');
CREATE FOREIGN TABLE shop.remote (id integer NOT NULL, note text) SERVER far OPTIONS (token 'secret-word');
CREATE USER MAPPING FOR CURRENT_USER SERVER far OPTIONS (password 'secret-word');
GRANT USAGE ON FOREIGN SERVER far TO everything_app;

CREATE PUBLICATION "some" WITH (publish = 'insert, update');
ALTER PUBLICATION "some" ADD TABLE shop.orders, public.serials;
ALTER PUBLICATION "some" OWNER TO everything_owner;
COMMENT ON PUBLICATION "some" IS 'for others';
CREATE PUBLICATION everything_there_is FOR ALL TABLES WITH (publish_via_partition_root = true);
INSERT INTO public.scratch SELECT i, 'secret-word' FROM generate_series(1, 1000) i;
ANALYZE public.scratch;
ANALYZE shop.customers;
