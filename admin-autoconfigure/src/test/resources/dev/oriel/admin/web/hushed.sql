CREATE TYPE hush_mood AS ENUM ('hush_sad', 'hush_happy');
CREATE FUNCTION hush_number() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
CREATE SEQUENCE hush_sequence;
CREATE TABLE hush_table (hush_key int PRIMARY KEY, name text);
COMMENT ON TABLE hush_table IS 'hush: a comment';
CREATE TABLE film (
  id int PRIMARY KEY DEFAULT nextval('hush_sequence'),
  title text,
  stars int DEFAULT hush_number(),
  hush_rating hush_mood DEFAULT 'hush_sad',
  hush_maker int CONSTRAINT hush_foreign_key REFERENCES hush_table,
  CONSTRAINT hush_check CHECK (stars < 10)
);
COMMENT ON COLUMN film.hush_rating IS 'hush: another comment';
COMMENT ON COLUMN film.title IS 'What it is called';
CREATE VIEW hush_view AS SELECT * FROM film;
CREATE TABLE log (note text, hush_author text NOT NULL);
CREATE TYPE pair AS (hush_left int, hush_right int);
CREATE FUNCTION best_films() RETURNS SETOF film LANGUAGE sql STABLE AS 'SELECT * FROM film';
CREATE FUNCTION all_hushed() RETURNS SETOF hush_table LANGUAGE sql STABLE AS 'SELECT * FROM hush_table';
CREATE FUNCTION titles(lowest int DEFAULT hush_number()) RETURNS SETOF text LANGUAGE sql STABLE AS 'SELECT title FROM film';
CREATE FUNCTION titles(hush_argument text) RETURNS SETOF text LANGUAGE sql STABLE AS 'SELECT title FROM film';
CREATE SCHEMA hush_schema;
CREATE TABLE hush_schema.film (id int);
