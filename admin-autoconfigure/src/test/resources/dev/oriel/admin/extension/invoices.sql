CREATE TABLE invoice (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number text NOT NULL UNIQUE,
  status text NOT NULL DEFAULT 'open',
  changed_by text
);
CREATE TABLE invoice_log (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, invoice int, operation text);
