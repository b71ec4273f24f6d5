CREATE SCHEMA other;
CREATE SCHEMA "we""ird; drop table t;--";
CREATE SCHEMA empty;
CREATE SCHEMA oriel;
CREATE TABLE oriel.own (id integer);

CREATE TABLE same (id integer PRIMARY KEY);
CREATE TABLE other.same (id integer PRIMARY KEY, public_id integer REFERENCES public.same);

CREATE TABLE "we""ird; drop table t;--"."we""ird; drop table t;--" (
  "we""ird; drop table t;--" integer PRIMARY KEY,
  "a?b" text,
  "%" text,
  "__proto__" text,
  "🦋" text,
  " " text,
  "a.b" text,
  "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk" text,
  "Straße ÄÖÜ" text,
  "back\slash" text,
  "new
line" text
);
CREATE TABLE "a?b" ("select" integer);
CREATE TABLE "%" (id integer);
CREATE TABLE "__proto__" (id integer);
CREATE TABLE "🦋" (id integer);
CREATE TABLE " " (id integer);
CREATE TABLE "a.b" (id integer);
CREATE TABLE "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk" (id integer);
CREATE TABLE no_columns ();
CREATE TEMPORARY TABLE temporary (id integer);

COMMENT ON TABLE same IS 'It''s "the" same; -- really';
COMMENT ON COLUMN same.id IS 'Counts 🦋';
