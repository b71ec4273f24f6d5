CREATE TABLE city (id integer PRIMARY KEY);
CREATE TABLE measurement (
  city_id integer NOT NULL,
  day date NOT NULL,
  value integer,
  PRIMARY KEY (city_id, day),
  CONSTRAINT measurement_city FOREIGN KEY (city_id) REFERENCES city
) PARTITION BY RANGE (day);
CREATE TABLE measurement_2025 PARTITION OF measurement FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE measurement_2026 PARTITION OF measurement FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
  PARTITION BY LIST (city_id);
CREATE TABLE measurement_2026_1 PARTITION OF measurement_2026 FOR VALUES IN (1);
CREATE TABLE measurement_2026_rest PARTITION OF measurement_2026 DEFAULT;

CREATE TABLE note (
  id integer PRIMARY KEY,
  city_id integer,
  day date,
  CONSTRAINT note_measurement FOREIGN KEY (city_id, day) REFERENCES measurement
) PARTITION BY HASH (id);
CREATE TABLE note_0 PARTITION OF note FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE note_1 PARTITION OF note FOR VALUES WITH (MODULUS 2, REMAINDER 1);

CREATE TABLE vehicle (id integer PRIMARY KEY, name text);
CREATE TABLE truck (load integer) INHERITS (vehicle);

INSERT INTO city SELECT generate_series(1, 10);
INSERT INTO measurement SELECT 1, day FROM generate_series(date '2025-06-01', '2026-05-31', '1 day') day;
INSERT INTO vehicle SELECT generate_series(1, 20);
INSERT INTO truck SELECT generate_series(21, 50);
ANALYZE measurement_2025, measurement_2026_1, measurement_2026_rest, vehicle, truck;
