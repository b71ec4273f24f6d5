CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE thing (
  id int PRIMARY KEY,
  t text, c char(4), e mood, m email, b boolean,
  n numeric, big bigint, f float8,
  d date, ts timestamp, tz timestamptz, iv interval,
  u uuid, j jsonb, jj json, ia int[], ta text[], r int4range, ip inet, v tsvector, by bytea
);
INSERT INTO thing VALUES
 (1, 'apple', 'ab', 'sad', 'a@x', true, 1.5, 9223372036854775807, 1e300, '2024-01-01', '2024-01-01 10:00', '2024-01-01 10:00+00', '1 day',
  '00000000-0000-0000-0000-000000000001', '{"a": 1, "k": {"x": "deep"}, "l": [10, 20]}', '{"a": 1}', '{1,2,3}', '{a,"b,c"}', '[1,5)', '10.0.0.1', to_tsvector('english', 'the quick foxes'), '\x00ff'),
 (2, '', 'abcd', 'ok', 'b@y', false, 2.5, -1, 'NaN', 'infinity', 'infinity', '-infinity', '2 hours',
  '00000000-0000-0000-0000-000000000002', '{"a": 2, "k": {"x": null}, "l": []}', '{"a": 2}', '{NULL,7}', '{NULL,""}', '[5,9)', '10.0.1.0/24', to_tsvector('english', 'a lazy dog'), '\x'),
 (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
 (4, 'a,b "q" \ {x} 100%', 'x', 'happy', 'c@z', true, 'NaN', 0, '-Infinity', '0044-03-15 BC', '0044-03-15 00:00:00 BC', '1999-12-31 23:59:59.123456+00', '-1 day',
  'ffffffff-ffff-ffff-ffff-ffffffffffff', '"text"', '[]', '{}', '{}', 'empty', '::1', '', '\xdeadbeef');
CREATE TABLE "we""ird; drop table t;--" (
  "we""ird; drop table t;--" int PRIMARY KEY, "a?b" text, "%" text, "__proto__" text, "🦋" text, "a.b" text,
  "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk" text, "back\slash" text, "new
line" text, "c1" text, "ok" text, "o" text, "select" text, "Stra""ße" text);
INSERT INTO "we""ird; drop table t;--" VALUES (1,'a','b','c','d','e','f','g','h','i','j','k','l','m');
