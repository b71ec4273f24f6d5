CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN grade AS int CHECK (VALUE BETWEEN 1 AND 6);
CREATE DOMAIN code AS text NOT NULL;
CREATE TYPE place AS (street varchar(5), number int);
CREATE TABLE maker (id int PRIMARY KEY, name text NOT NULL UNIQUE, country char(2));
INSERT INTO maker VALUES (1, 'Acme, Inc. (old)', 'DE'), (2, 'Brio', NULL);
CREATE TABLE part (
  id int PRIMARY KEY,
  maker_id int REFERENCES maker,
  name varchar(10) NOT NULL,
  note text UNIQUE,
  price numeric(5,2) CHECK (price >= 0),
  lowest int, highest int,
  small smallint, big bigint, real real,
  mood mood, grade grade,
  day date, at timestamptz, length interval,
  flags bit(3), mask bit varying(4), raw bytea, ident uuid, meta jsonb, tags text[], place place, xml xml,
  share numeric GENERATED ALWAYS AS (100 / nullif(lowest, 7)) STORED,
  CONSTRAINT in_order CHECK (lowest <= highest),
  UNIQUE (maker_id, name)
);
INSERT INTO part (id, maker_id, name, note, lowest, highest) VALUES (1, 1, 'bolt', 'first', 1, 2), (2, 2, 'nut', NULL, 1, 2);
CREATE UNIQUE INDEX part_lower ON part (lower(note));
CREATE TABLE stock (id int PRIMARY KEY, part_id int NOT NULL REFERENCES part ON DELETE NO ACTION);
INSERT INTO stock SELECT n, 2 FROM generate_series(1, 3) n;
CREATE TABLE kept (id int PRIMARY KEY, part_id int REFERENCES part ON DELETE RESTRICT);
INSERT INTO kept VALUES (1, 1);
CREATE TABLE tree (id int PRIMARY KEY, parent_id int REFERENCES tree);
INSERT INTO tree VALUES (1, NULL), (2, 1);
CREATE TABLE room (id int PRIMARY KEY, slot int4range, EXCLUDE USING gist (slot WITH &&));
INSERT INTO room VALUES (1, '[1,5)');
CREATE TABLE pair (a int, b int, PRIMARY KEY (a, b));
INSERT INTO pair VALUES (1, 1);
CREATE TABLE both_or_none (id int PRIMARY KEY, a int, b int, FOREIGN KEY (a, b) REFERENCES pair MATCH FULL);
CREATE TABLE measure (id int, day date, value int, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE measure_2026 PARTITION OF measure FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO measure VALUES (1, '2026-02-01', 5);
CREATE VIEW cheap AS SELECT id, name, price FROM part WHERE price < 10 WITH CHECK OPTION;
CREATE TABLE late (id int PRIMARY KEY, maker_id int REFERENCES maker DEFERRABLE INITIALLY DEFERRED,
  nr int UNIQUE DEFERRABLE INITIALLY DEFERRED);
INSERT INTO late VALUES (1, 1, 1);
CREATE TABLE guarded (id int PRIMARY KEY, what text);
CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  CASE NEW.what
    WHEN 'plain' THEN RAISE EXCEPTION 'not today' USING DETAIL = 'it is sunday', HINT = 'come back';
    WHEN 'column' THEN RAISE EXCEPTION 'bad what' USING ERRCODE = '23000', SCHEMA = 'public', TABLE = 'guarded', COLUMN = 'what';
    WHEN 'rule' THEN RAISE EXCEPTION 'rule' USING ERRCODE = '23514';
    WHEN 'assert' THEN ASSERT false, 'asserted';
    WHEN 'rights' THEN RAISE insufficient_privilege USING MESSAGE = 'only on mondays';
    WHEN 'status' THEN RAISE EXCEPTION 'teapot' USING ERRCODE = 'PT418';
    WHEN 'serial' THEN RAISE serialization_failure;
    WHEN 'internal' THEN RAISE EXCEPTION 'secret of the server' USING ERRCODE = 'XX000';
    WHEN 'feature' THEN RAISE feature_not_supported USING MESSAGE = 'not yet';
    WHEN 'other' THEN INSERT INTO maker VALUES (1, 'other');
    WHEN 'zero' THEN NEW.id := 1 / (NEW.id - NEW.id);
    ELSE NULL;
  END CASE;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON guarded FOR EACH ROW EXECUTE FUNCTION guard();
CREATE TABLE secret (id int PRIMARY KEY, owner text);
ALTER TABLE secret ENABLE ROW LEVEL SECURITY;
ALTER TABLE secret FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON secret USING (owner = 'me');
