-- What Oriel keeps for itself. Every statement can be run again at any time.
-- To remove everything: DROP SCHEMA oriel CASCADE (docs/uninstall.md).
CREATE SCHEMA IF NOT EXISTS oriel;

CREATE TABLE IF NOT EXISTS oriel.relation_settings (
  username text NOT NULL,
  schema_name text NOT NULL,
  relation_name text NOT NULL,
  settings jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (username, schema_name, relation_name)
);
COMMENT ON TABLE oriel.relation_settings IS 'How each user of the admin wants a relation to be shown';
