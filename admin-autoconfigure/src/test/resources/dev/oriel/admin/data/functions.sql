CREATE TABLE films (id int PRIMARY KEY, title text, rating numeric(3,1), secret text);
INSERT INTO films VALUES (1, 'Okja', 7.4, 's'), (2, 'Call me by your name', 8, 's'), (3, 'Blade Runner 2049', 8.1, 's');
CREATE TABLE log (note text);
CREATE TABLE files (blob bytea);

CREATE FUNCTION add_them(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
COMMENT ON FUNCTION add_them(integer, integer) IS 'Adds';
CREATE FUNCTION mult_them(json) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT ($1->>'x')::int * ($1->>'y')::int $$;
CREATE FUNCTION upload_binary(bytea) RETURNS void LANGUAGE sql AS 'INSERT INTO files VALUES ($1)';
CREATE FUNCTION shout(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper($1)';
CREATE FUNCTION plus_one(arr int[]) RETURNS int[] LANGUAGE sql IMMUTABLE AS 'SELECT array_agg(n + 1) FROM unnest($1) AS n';
CREATE FUNCTION plus_two(VARIADIC v int[]) RETURNS int[] LANGUAGE sql IMMUTABLE AS 'SELECT array_agg(n + 2) FROM unnest($1) AS n';
CREATE FUNCTION best_films() RETURNS SETOF films LANGUAGE sql STABLE AS 'SELECT * FROM films ORDER BY rating DESC';
CREATE FUNCTION film(id int) RETURNS films LANGUAGE sql STABLE AS 'SELECT * FROM films WHERE films.id = $1';
CREATE FUNCTION titles() RETURNS SETOF text LANGUAGE sql STABLE AS 'SELECT title FROM films ORDER BY id';
CREATE FUNCTION ratings(lowest numeric DEFAULT 0) RETURNS TABLE (title text, stars numeric) LANGUAGE sql STABLE
  AS 'SELECT title, rating FROM films WHERE rating >= lowest ORDER BY id';
CREATE FUNCTION only_column() RETURNS TABLE (one int) LANGUAGE sql STABLE AS 'SELECT 1';
CREATE FUNCTION halves(num int, OUT half int) LANGUAGE sql IMMUTABLE AS 'SELECT num / 2';
CREATE FUNCTION both_ways(INOUT num int, OUT twice int) LANGUAGE sql IMMUTABLE AS 'SELECT num, num * 2';
CREATE FUNCTION untyped() RETURNS SETOF record LANGUAGE sql STABLE AS 'SELECT id, title FROM films ORDER BY id';
CREATE FUNCTION nothing() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT NULL::int';
CREATE FUNCTION write_log(note text) RETURNS void LANGUAGE sql AS 'INSERT INTO log VALUES (note)';
CREATE FUNCTION write_logs(n int) RETURNS SETOF log LANGUAGE sql
  AS $$ INSERT INTO log SELECT 'n' || i FROM generate_series(1, n) i RETURNING * $$;
CREATE FUNCTION rental_duration(customer_id int) RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
CREATE FUNCTION rental_duration(customer_id int, from_date date) RETURNS int LANGUAGE sql STABLE AS 'SELECT 2';
CREATE FUNCTION torn(a int) RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
CREATE FUNCTION torn(a text) RETURNS int LANGUAGE sql STABLE AS 'SELECT 2';
CREATE FUNCTION echo(v numeric, j jsonb DEFAULT NULL) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT v || ' ' || coalesce(j::text, '-') $$;
CREATE FUNCTION refuse() RETURNS void LANGUAGE plpgsql AS $$ BEGIN
  RAISE SQLSTATE 'PT402' USING message = 'Payment Required', detail = 'Quota exceeded', hint = 'Upgrade your plan';
END $$;
CREATE FUNCTION sleepy() RETURNS void LANGUAGE sql AS 'SELECT pg_sleep(30)';
CREATE FUNCTION "o'dd ""näme"" --?"("?""x'; --" int, "a" int DEFAULT 1) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE FUNCTION any_of(anyelement) RETURNS int LANGUAGE sql AS 'SELECT 1';
