-- Types of every kind, beside those of PostgreSQL, and for each base type values that are easily lost.
CREATE TYPE mood AS ENUM ('sad', 'it''s "ok", really', '', 'ünïcode 🦋', '{}', 'null');
CREATE DOMAIN percent AS int CHECK (VALUE BETWEEN 0 AND 100);
CREATE DOMAIN loud AS text CHECK (VALUE = upper(VALUE));
CREATE DOMAIN matrix AS int[];
CREATE DOMAIN temper AS mood;
CREATE TYPE address AS (street text, number int);
CREATE TYPE nested AS (place address, tags text[], doc jsonb, day date, feeling mood, flag bool, amount numeric, raw bytea);
CREATE DOMAIN home AS address;
CREATE TYPE textrange AS RANGE (subtype = text);
CREATE DOMAIN spring AS daterange;
CREATE TABLE crew (id int, "full ""name""" text);

DO $$
DECLARE extension text;
BEGIN
  FOREACH extension IN ARRAY ARRAY['hstore', 'ltree', 'citext', 'cube', 'seg', 'isn'] LOOP
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = extension) THEN
      EXECUTE 'CREATE EXTENSION ' || extension;
    END IF;
  END LOOP;
END
$$;

CREATE TABLE interesting (type text, value text);
INSERT INTO interesting
SELECT type, unnest(vals)
FROM (VALUES
  ('boolean', '{t,f}'::text[]),
  ('bytea', ARRAY['\x', '\x00', '\x00ff5c22', '\xdeadbeef']),
  ('"char"', ARRAY['a', '', '"', '\\']),
  ('name', ARRAY['', 'x', 'a "name"', '🦋']),
  ('bigint', ARRAY['-9223372036854775808', '9223372036854775807', '9007199254740993', '0']),
  ('smallint', ARRAY['-32768', '32767', '0']),
  ('integer', ARRAY['-2147483648', '2147483647', '0', '42', '100']),
  ('int2vector', ARRAY['1 2 3', '', '-32768']),
  ('oidvector', ARRAY['1 2 3', '', '4294967295']),
  ('regproc', ARRAY['now', '-']),
  ('regprocedure', ARRAY['abs(integer)', '-']),
  ('regoper', ARRAY['0', '||/']),
  ('regoperator', ARRAY['+(integer,integer)', '0']),
  ('regclass', ARRAY['pg_class', 'crew', '-']),
  ('regcollation', ARRAY['"C"', '-']),
  ('regtype', ARRAY['integer', 'mood', '-']),
  ('regrole', ARRAY['pg_monitor', '-']),
  ('regnamespace', ARRAY['pg_catalog', '-']),
  ('regdatabase', ARRAY['template1', '-']),
  ('regconfig', ARRAY['english', '-']),
  ('regdictionary', ARRAY['simple', '-']),
  ('text', ARRAY['', ' ', 'A', E'\t\n\r\\\x01\x1f', '"QUOTED"', '''', 'null', '{}', '🦋', 'ﷺ', '(a,b)', '[1,2]', 'eq.1']),
  ('character varying', ARRAY['', ' a ', '"', '🦋', 'YES']),
  ('bpchar', ARRAY['', 'ab  ', '🦋']),
  ('oid', ARRAY['0', '4294967295']),
  ('tid', ARRAY['(0,1)', '(4294967295,65535)']),
  ('xid', ARRAY['0', '4294967295']),
  ('xid8', ARRAY['0', '18446744073709551615']),
  ('cid', ARRAY['0', '4294967295']),
  ('json', ARRAY['{"a":1}', '{ "b" : 1.10, "a":[null, true] , "b":"dup\u00e9"}', '[]', '"s"', '1e400', '-0']),
  ('jsonb', ARRAY['{"a": 1}', '[]', '"s"', '-0.0', '123456789012345678901234567890.10', '{"x": "\"\\", "n": 1e300}']),
  ('jsonpath', ARRAY['$', '$."a"[*]?(@ > 1.10)', 'strict $."q\"q"']),
  ('xml', ARRAY['<a b="c">d &amp; e</a>', '', ' text ', '<?x y?><a/>']),
  ('point', ARRAY['(1.5,-2)', '(NaN,Infinity)', '(-0,1e-300)']),
  ('lseg', ARRAY['[(0,0),(1,1)]', '[(-0,0.1),(Infinity,1)]']),
  ('path', ARRAY['[(0,0),(1,1)]', '((0,0),(1,1))', '((0.1,0))']),
  ('box', ARRAY['(1,1),(0,0)', '(0.1,1),(0,-1)']),
  ('polygon', ARRAY['((0,0),(1,1),(1,0))', '((0.1,0))']),
  ('line', ARRAY['{1,2,3}', '{0.1,-1,0}']),
  ('circle', ARRAY['<(0,0),1.5>', '<(0.1,0),0>']),
  ('real', ARRAY['0', '-0', 'NaN', 'Infinity', '-Infinity', '3.4028235e38', '1e-45', '0.1']),
  ('double precision', ARRAY['0', '-0', 'NaN', 'Infinity', '-Infinity', '1.7976931348623157e308', '4.9406564584124654e-324', '0.1']),
  ('money', ARRAY['-92233720368547758.08', '92233720368547758.07', '1234.56', '0']),
  ('numeric', ARRAY['0', '-0.000', '1.10', 'NaN', 'Infinity', '-Infinity', '1e-300', '1e300', '1' || repeat('0', 1000) || '.' || repeat('1', 1000)]),
  ('macaddr', ARRAY['08:00:2b:01:02:03', '00:00:00:00:00:00']),
  ('macaddr8', ARRAY['08:00:2b:01:02:03:04:05']),
  ('inet', ARRAY['10.0.0.1', '10.0.0.1/8', '::1', '2001:db8::/32']),
  ('cidr', ARRAY['10.0.0.0/8', '::/0', '10.1.2.3/32']),
  ('aclitem', ARRAY['=r/pg_monitor', 'pg_monitor=arwd/pg_monitor']),
  ('date', ARRAY['2024-02-29', 'infinity', '-infinity', '4714-11-24 BC', '0044-03-15 BC', '5874897-12-31', '0001-01-01']),
  ('time without time zone', ARRAY['00:00:00', '24:00:00', '23:59:59.999999']),
  ('timestamp without time zone', ARRAY['2024-02-29 23:59:59.999999', 'infinity', '-infinity', '4714-11-24 00:00:00 BC', '294276-12-31 23:59:59.999999']),
  ('timestamp with time zone', ARRAY['2024-03-31 02:30:00+01', 'infinity', '-infinity', '4714-11-24 00:00:00+00 BC', '294276-12-31 23:59:59.999999+00', '1883-11-18 12:03:57.123456+00']),
  ('interval', ARRAY['1 year -2 months 3 days -04:05:06.000007', '-178000000 years', '0', '1 mon -30 days', '00:00:00.000001', '-1 day +1 hour']),
  ('time with time zone', ARRAY['24:00:00+15:59', '00:00:00-15:59', '12:00:00.000001+00', '12:00:00+01:02:03']),
  ('"bit"', ARRAY['1', '0']),
  ('bit varying', ARRAY['', '0101010101']),
  ('refcursor', ARRAY['', 'a "cursor"']),
  ('uuid', ARRAY['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff']),
  ('pg_lsn', ARRAY['0/0', '16/B374D848', 'FFFFFFFF/FFFFFFFF']),
  ('tsvector', ARRAY['a:1A b:2', '', '''it''''s'':1 ''"'' ''\\''']),
  ('tsquery', ARRAY['''a'' & !''b'':*', '', '''a'' <-> ''b'':AB']),
  ('txid_snapshot', ARRAY['10:20:10,14,15', '1:1:']),
  ('pg_snapshot', ARRAY['10:20:10,14,15', '1:1:']),
  ('hstore', ARRAY['', 'a=>1', '"a b"=>"c\"d", n=>NULL, e=>"", "NULL"=>"NULL"', '"🦋"=>"{}"']),
  ('ltree', ARRAY['', 'Top', 'Top.Science.Astronomy']),
  ('lquery', ARRAY['*.Astronomy.*', 'a|b.!c']),
  ('ltxtquery', ARRAY['Europe & Russia*@ & !Transportation']),
  ('citext', ARRAY['', 'MiXeD', '"', '🦋']),
  ('cube', ARRAY['(1,2,3)', '(0.1),(2)', '()']),
  ('seg', ARRAY['1', '1.10 .. 2.0', '~5', '< 6']),
  ('ean13', ARRAY['978-0-393-04002-9']),
  ('isbn13', ARRAY['978-0-393-04002-9']),
  ('isbn', ARRAY['0-393-04002-X']),
  ('ismn13', ARRAY['979-0-2605-3211-3']),
  ('ismn', ARRAY['M-2605-3211-3']),
  ('issn13', ARRAY['977-1436-452-00-8']),
  ('issn', ARRAY['1436-4522']),
  ('upc', ARRAY['220356483481'])
) AS v(type, vals);
INSERT INTO interesting SELECT 'interval', unnest(ARRAY['infinity', '-infinity'])
WHERE current_setting('server_version_num')::int >= 170000;
