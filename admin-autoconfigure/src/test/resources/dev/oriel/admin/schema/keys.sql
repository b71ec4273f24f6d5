CREATE TABLE company (
  id integer PRIMARY KEY,
  code text NOT NULL UNIQUE,
  maybe text UNIQUE,
  region text NOT NULL,
  number integer NOT NULL,
  parent_id integer,
  CONSTRAINT company_parent_fkey FOREIGN KEY (parent_id) REFERENCES company ON DELETE SET NULL,
  CONSTRAINT company_region_number_key UNIQUE (region, number)
);
CREATE UNIQUE INDEX company_upper ON company (upper(code));
CREATE UNIQUE INDEX company_partial ON company (region) WHERE number > 0;
CREATE UNIQUE INDEX company_covering ON company (region, code) INCLUDE (number);
CREATE INDEX company_plain ON company (region);

CREATE TABLE finance (
  year integer,
  company_id integer REFERENCES company ON DELETE CASCADE,
  amount numeric,
  CONSTRAINT finance_pkey PRIMARY KEY (company_id, year)
);
CREATE TABLE quarter (
  quarter_of integer,
  fiscal_year integer,
  number integer,
  region text DEFAULT 'eu',
  PRIMARY KEY (quarter_of, fiscal_year, number),
  CONSTRAINT quarter_finance FOREIGN KEY (fiscal_year, quarter_of) REFERENCES finance (year, company_id) ON DELETE RESTRICT,
  CONSTRAINT quarter_company FOREIGN KEY (region, number) REFERENCES company (region, number) ON DELETE SET DEFAULT
);

CREATE TABLE hen (id integer PRIMARY KEY, egg_id integer);
CREATE TABLE egg (id integer PRIMARY KEY, hen_id integer REFERENCES hen);
ALTER TABLE hen ADD CONSTRAINT hen_egg FOREIGN KEY (egg_id) REFERENCES egg;

CREATE TABLE keyless (a integer);
