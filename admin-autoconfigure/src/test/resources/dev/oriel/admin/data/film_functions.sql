-- Functions over rows of the films, to be read after films.sql.
CREATE FUNCTION full_name(directors) RETURNS text LANGUAGE sql IMMUTABLE
  AS $$ SELECT $1.first_name || ' ' || $1.last_name $$;
CREATE FUNCTION age_in(directors) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 1900 - $1.born $$;
CREATE FUNCTION labels(films) RETURNS jsonb LANGUAGE sql STABLE
  AS $$ SELECT jsonb_build_object('year', $1.year, 'cast', (SELECT count(*) FROM roles WHERE film_id = $1.id)) $$;
CREATE FUNCTION successor(films) RETURNS SETOF films ROWS 1 LANGUAGE sql STABLE
  AS $$ SELECT * FROM films WHERE id > $1.id ORDER BY id LIMIT 1 $$;
CREATE FUNCTION first_role(films) RETURNS roles LANGUAGE sql STABLE
  AS $$ SELECT * FROM roles WHERE film_id = $1.id ORDER BY actor_id LIMIT 1 $$;
CREATE FUNCTION latest_films(directors) RETURNS SETOF films LANGUAGE sql STABLE
  AS $$ SELECT * FROM films WHERE director_id = $1.id ORDER BY year DESC $$;
-- Goes before the foreign key.
CREATE FUNCTION competitions(nominations) RETURNS SETOF competitions ROWS 1 LANGUAGE sql STABLE
  AS $$ SELECT id, upper(name), year FROM competitions WHERE id = $1.competition_id $$;
CREATE FUNCTION old_films() RETURNS SETOF films LANGUAGE sql STABLE
  AS $$ SELECT * FROM films WHERE year < 1900 ORDER BY year DESC $$;
CREATE FUNCTION film(id integer) RETURNS films LANGUAGE sql STABLE AS $$ SELECT * FROM films WHERE films.id = $1 $$;
CREATE FUNCTION new_films() RETURNS SETOF films LANGUAGE sql VOLATILE AS $$ SELECT * FROM films WHERE year > 1900 $$;
CREATE VIEW film_titles AS SELECT id, title FROM films;
CREATE FUNCTION loud(film_titles) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT upper($1.title) $$;
-- A name of a column, which is the column's.
CREATE FUNCTION title(films) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'computed' $$;
-- A column named as an alias of ours.
CREATE FUNCTION shown("we""ird; --") RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT $1.p || '!' $$;
CREATE FUNCTION "re ""lated"("we""ird; --") RETURNS SETOF e1 LANGUAGE sql STABLE
  AS $$ SELECT * FROM e1 WHERE j1 = $1.t $$;
