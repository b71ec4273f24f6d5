CREATE TABLE number (n integer);
CREATE FUNCTION answer() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 42; END $$;
INSERT INTO number VALUES (1);
