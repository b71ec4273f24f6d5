CREATE TABLE place (id int PRIMARY KEY, name text NOT NULL UNIQUE);

CREATE TABLE item (
  id int PRIMARY KEY,
  name varchar(30) NOT NULL,
  place_id int REFERENCES place,
  price numeric(12,2) CHECK (price > -10),
  day date,
  note text DEFAULT 'none',
  doubled numeric GENERATED ALWAYS AS (price * 2) STORED
);

CREATE TABLE node (id int PRIMARY KEY, parent_id int REFERENCES node);

-- Where only trying tells.
CREATE TABLE guarded (
  id int PRIMARY KEY,
  during int4range,
  code text,
  EXCLUDE USING gist (during WITH &&)
);

CREATE FUNCTION refuse_bad_codes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.code = 'bad' THEN
    RAISE EXCEPTION 'The code % is not for us', NEW.code USING HINT = 'Choose another one';
  END IF;
  NEW.code := upper(NEW.code);
  RETURN NEW;
END $$;

CREATE TRIGGER refuse_bad_codes BEFORE INSERT OR UPDATE ON guarded FOR EACH ROW EXECUTE FUNCTION refuse_bad_codes();

CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TYPE pair AS (x int, y text);

CREATE TABLE kinds (
  id numeric,
  list int[],
  nested text[],
  doc jsonb,
  pair pair,
  mood mood,
  raw bytea,
  span int4range
);

CREATE TABLE measured (
  id int,
  year int CHECK (year > 1900),
  PRIMARY KEY (id, year)
) PARTITION BY RANGE (year);
CREATE TABLE measured_before PARTITION OF measured FOR VALUES FROM (MINVALUE) TO (2000);
CREATE TABLE measured_since PARTITION OF measured FOR VALUES FROM (2000) TO (MAXVALUE);
