-- Views over the films, to be read after films.sql.
CREATE VIEW films_view AS SELECT id, title, director_id, year FROM films;
CREATE VIEW directors_view AS SELECT id AS director, last_name FROM directors WHERE born > 0;
CREATE VIEW chained_view AS SELECT id AS film, director_id AS by, title FROM films_view WHERE year > 0;
CREATE VIEW specs_view AS SELECT film_id, camera FROM technical_specs;
CREATE VIEW roles_view AS SELECT film_id, actor_id, character FROM roles;
CREATE VIEW nominations_view AS
  SELECT films.title AS film_title, competitions.name AS competition_name, nominations.rank,
    nominations.film_id AS nominations_film_id, films.id AS film_id
  FROM nominations
  JOIN films ON films.id = nominations.film_id
  JOIN competitions ON competitions.id = nominations.competition_id;
CREATE MATERIALIZED VIEW films_stored AS SELECT id, title, director_id FROM films;
CREATE VIEW films_united AS SELECT id, director_id FROM films UNION ALL SELECT id, director_id FROM films;

-- Rows that stay one for each film, and rows that do not.
CREATE VIEW films_credited AS
  SELECT f.id, f.title, f.director_id, d.last_name, s.roles
  FROM films f
  LEFT JOIN directors d ON d.id = f.director_id
  LEFT JOIN (SELECT film_id, count(*) AS roles FROM roles GROUP BY film_id) s ON s.film_id = f.id;
CREATE VIEW films_cast AS SELECT f.id, f.title, r.character FROM films f LEFT JOIN roles r ON r.film_id = f.id;
CREATE VIEW films_with AS WITH old AS (SELECT * FROM films WHERE year < 1900) SELECT id, director_id FROM old;
CREATE VIEW films_grouped AS SELECT director_id, count(*) AS films FROM films GROUP BY director_id;
CREATE VIEW films_unnested AS SELECT id, director_id, generate_series(1, 2) AS part FROM films;
CREATE VIEW films_crossed AS SELECT f.id, f.title FROM films f, directors d;
CREATE VIEW films_sets AS SELECT id, count(*) FROM films GROUP BY ROLLUP (id);
CREATE VIEW directors_optional AS SELECT f.title, d.id FROM films f FULL JOIN directors d ON d.id = f.director_id;
-- The condition holds only where there is a note, and so does not keep directors from meeting every film.
CREATE VIEW films_misled AS
  SELECT f.id, f.title FROM (films f CROSS JOIN directors d)
  LEFT JOIN technical_specs s ON s.film_id = f.id AND d.id = f.director_id;

-- Keys of several columns, of one place and of two.
CREATE VIEW machines_view AS SELECT id AS machine, number AS nr, region FROM machines;
CREATE VIEW plants_view AS SELECT name, number, region FROM plants;
CREATE VIEW plants_mixed AS SELECT a.region, b.number, a.name FROM plants a, plants b;

-- Keys of a table to itself, and one column shown twice.
CREATE VIEW tree_view AS SELECT id, name, parent_id FROM tree;
CREATE VIEW orders_twice AS SELECT id, billing_id AS one, billing_id AS two FROM orders;

-- Views of what nobody else sees.
CREATE SCHEMA hidden;
CREATE TABLE hidden.clients (id integer PRIMARY KEY, name text);
CREATE TABLE hidden.projects (id integer PRIMARY KEY, client_id integer CONSTRAINT client REFERENCES hidden.clients);
CREATE VIEW hidden.middle AS SELECT * FROM hidden.projects;
CREATE VIEW clients AS SELECT * FROM hidden.clients;
CREATE VIEW projects AS SELECT id, client_id FROM hidden.middle;
INSERT INTO hidden.clients VALUES (1, 'Acme'), (2, 'Bolt');
INSERT INTO hidden.projects VALUES (10, 1), (11, 1);

-- Names that want to be something else.
CREATE VIEW "{v} ("")" AS SELECT "t" AS ":resno", "p" AS "{a} (b) \ ""c""" FROM "we""ird; --";
