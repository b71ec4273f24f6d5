CREATE TABLE base (id integer PRIMARY KEY, name text NOT NULL, amount numeric DEFAULT 1);
COMMENT ON TABLE base IS 'base table';

CREATE VIEW plain AS SELECT id, name, amount * 2 AS doubled FROM base;
COMMENT ON VIEW plain IS 'plain view';
ALTER VIEW plain ALTER COLUMN name SET DEFAULT 'nobody';
CREATE VIEW grouped AS SELECT name, sum(amount) AS total FROM base GROUP BY name;
CREATE VIEW by_trigger AS SELECT name, count(*) AS rows FROM base GROUP BY name;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER by_trigger_insert INSTEAD OF INSERT ON by_trigger FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER by_trigger_update INSTEAD OF UPDATE ON by_trigger FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE VIEW by_rule AS SELECT name, max(amount) AS most FROM base GROUP BY name;
CREATE RULE by_rule_insert AS ON INSERT TO by_rule DO INSTEAD INSERT INTO base VALUES (0, new.name);
CREATE MATERIALIZED VIEW stored AS SELECT id, name FROM base;
CREATE UNIQUE INDEX stored_id ON stored (id);
COMMENT ON MATERIALIZED VIEW stored IS 'stored view';

CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE remote (id integer NOT NULL, name text) SERVER nowhere;
