-- The data that docs/import-export.md shows. To try its examples:
--
--   mvn spring-boot:run -Dspring-boot.run.arguments='--sample.load=docs/import-export.sql --sample.activity=false'
--
-- Invoices and who they are for.
CREATE TABLE customers (
  id integer PRIMARY KEY,
  name text NOT NULL
);
CREATE TABLE invoices (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id integer REFERENCES customers,
  due date,
  amount numeric(12, 2),
  paid boolean NOT NULL DEFAULT false,
  note text
);
COMMENT ON COLUMN invoices.amount IS '@format currency';

-- Rows. The examples begin with these each time.
TRUNCATE customers, invoices RESTART IDENTITY;
INSERT INTO customers VALUES (1, 'Ada & Co.'), (2, 'Blum KG');
INSERT INTO invoices (customer_id, due, amount, paid, note) VALUES
  (1, '2026-01-31', 1234.50, true, '=SUM(A1:A9)'),
  (2, '2026-02-28', 80, false, 'first; "second"'),
  (2, NULL, NULL, false, '');
