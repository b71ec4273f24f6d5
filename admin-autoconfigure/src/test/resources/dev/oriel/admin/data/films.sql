CREATE TABLE directors (id integer PRIMARY KEY, first_name text, last_name text, born integer);
CREATE TABLE films (
  id integer PRIMARY KEY,
  director_id integer REFERENCES directors,
  title text,
  year integer,
  language text,
  budget json
);
CREATE TABLE technical_specs (film_id integer PRIMARY KEY REFERENCES films, camera text);
CREATE TABLE actors (id integer PRIMARY KEY, first_name text, last_name text);
CREATE TABLE roles (
  film_id integer REFERENCES films,
  actor_id integer REFERENCES actors,
  character text,
  PRIMARY KEY (film_id, actor_id)
);
CREATE TABLE competitions (id integer PRIMARY KEY, name text, year integer);
CREATE TABLE nominations (
  competition_id integer REFERENCES competitions,
  film_id integer REFERENCES films,
  rank integer,
  PRIMARY KEY (competition_id, film_id)
);
INSERT INTO directors VALUES (1, 'Alice', 'Guy', 1873), (2, 'Georges', 'Méliès', 1861), (3, 'Louis', 'Lumière', 1864);
INSERT INTO films VALUES
  (1, 3, 'Workers Leaving The Factory', 1895, 'none', '{"min": 10}'),
  (2, 2, 'The Haunted Castle', 1896, 'none', NULL),
  (3, 2, 'A Trip to the Moon', 1902, 'none', NULL),
  (4, NULL, 'Orphan', 1990, 'en', NULL);
INSERT INTO technical_specs VALUES (1, 'Cinématographe'), (3, 'Kinetograph');
INSERT INTO actors VALUES (1, 'Jehanne', 'd''Alcy'), (2, 'Georges', 'Méliès'), (3, 'Bleuette', 'Bernon');
INSERT INTO roles VALUES (2, 1, 'Beauty'), (2, 2, 'Devil'), (3, 2, 'Professor'), (3, 3, 'Lady in the Moon');
INSERT INTO competitions VALUES (1, 'Palm', 1990), (2, 'Bear', 1991);
INSERT INTO nominations VALUES (1, 3, 1), (1, 4, 2), (2, 4, 1);

-- Two keys to one table, and a junction with further keys.
CREATE TABLE addresses (id integer PRIMARY KEY, city text);
CREATE TABLE orders (
  id integer PRIMARY KEY,
  name text,
  billing_id integer CONSTRAINT billing REFERENCES addresses,
  shipping_id integer CONSTRAINT shipping REFERENCES addresses,
  amount numeric(8,2)
);
INSERT INTO addresses VALUES (1, 'Ulm'), (2, 'Bonn');
INSERT INTO orders VALUES (1, 'first', 1, 2, 10.50), (2, 'second', 1, 1, 20.00), (3, 'third', NULL, 2, 1.25);

-- Keys of a table to itself.
CREATE TABLE people (
  id integer PRIMARY KEY,
  name text,
  boss_id integer CONSTRAINT people_boss REFERENCES people,
  spouse_id integer UNIQUE CONSTRAINT people_spouse REFERENCES people
);
INSERT INTO people VALUES (1, 'Ada', NULL, NULL), (2, 'Bob', 1, NULL), (3, 'Cy', 1, 2), (4, 'Di', 2, NULL);
CREATE TABLE follows (
  follower_id integer CONSTRAINT follows_follower REFERENCES people,
  followed_id integer CONSTRAINT follows_followed REFERENCES people,
  PRIMARY KEY (follower_id, followed_id)
);
INSERT INTO follows VALUES (1, 2), (1, 3), (2, 3);
CREATE TABLE tree (id integer PRIMARY KEY, name text, parent_id integer CONSTRAINT tree_parent REFERENCES tree);
INSERT INTO tree VALUES (1, 'root', NULL), (2, 'twig', 1), (3, 'leaf', 2);

-- Keys of several columns.
CREATE TABLE plants (region text, number integer, name text, PRIMARY KEY (region, number));
CREATE TABLE machines (
  id integer PRIMARY KEY,
  region text,
  number integer,
  CONSTRAINT machine_plant FOREIGN KEY (region, number) REFERENCES plants
);
INSERT INTO plants VALUES ('eu', 1, 'Graz'), ('eu', 2, 'Linz'), ('us', 1, 'Reno');
INSERT INTO machines VALUES (1, 'eu', 1), (2, 'us', 1), (3, 'us', NULL), (4, 'eu', 1);

-- Names that want to be something else.
CREATE TABLE "we""ird; --" ("t" integer PRIMARY KEY, "p" text, "o" text);
CREATE TABLE "e1" (
  "c1" integer PRIMARY KEY,
  "j1" integer CONSTRAINT "fk "" ' ?" REFERENCES "we""ird; --",
  "row_to_json" text,
  "k1" integer
);
INSERT INTO "we""ird; --" VALUES (1, 'one', 'x'), (2, 'two', 'y');
INSERT INTO "e1" VALUES (1, 2, 'r', 5), (2, NULL, 's', 6);

-- Another schema.
CREATE SCHEMA other;
CREATE TABLE other.notes (id integer PRIMARY KEY, film_id integer REFERENCES public.films, note text);
INSERT INTO other.notes VALUES (1, 1, 'first ever');

-- Nothing leads here.
CREATE TABLE loner (id integer PRIMARY KEY);
