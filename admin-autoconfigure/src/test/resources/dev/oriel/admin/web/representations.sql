CREATE TABLE projects (
	id int PRIMARY KEY,
	name text,
	client_id int,
	details jsonb,
	due timestamptz
);

INSERT INTO projects VALUES
	(11, 'OSX', 1, '{"a": null, "b": 1}', '2024-03-01 12:00+00'),
	(12, 'Project "X", the first', NULL, NULL, NULL),
	(13, 'Y', NULL, NULL, NULL);

CREATE FUNCTION due(id int) RETURNS timestamptz LANGUAGE sql STABLE
	AS 'SELECT p.due FROM projects p WHERE p.id = due.id';
