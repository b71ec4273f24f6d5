-- What the migrations draw their data from: functions of the row number, so that every machine gets the same rows.
-- They live in the session of the migration and leave nothing behind.

create or replace function pg_temp.draw(n bigint, topic int, sides int) returns int
  language sql immutable as
$$ select abs(hashint8extended(n, topic) % sides)::int $$;

comment on function pg_temp.draw(bigint, int, int) is 'A number from 0 to sides - 1 for row n, another one for each topic';

create or replace function pg_temp.pick(n bigint, topic int, choices text[]) returns text
  language sql immutable as
$$ select choices[1 + abs(hashint8extended(n, topic) % array_length(choices, 1))] $$;

create or replace function pg_temp.first_name(n bigint) returns text
  language sql immutable as
$$
  select pg_temp.pick(n, 9001, array[
    'Anna', 'Ben', 'Clara', 'David', 'Elif', 'Felix', 'Greta', 'Hannes', 'Ines', 'Jonas', 'Katharina', 'Lukas', 'Mila',
    'Noah', 'Olivia', 'Paul', 'Rosa', 'Samuel', 'Theresa', 'Vincent', 'Amina', 'Bogdan', 'Carlotta', 'Daniel', 'Emre',
    'Franziska', 'Georg', 'Helena', 'Ivan', 'Julia', 'Karim', 'Lena', 'Matteo', 'Nadia', 'Oskar', 'Petra', 'Rafael',
    'Sophie', 'Tobias', 'Ursula', 'Valentina', 'Wojciech', 'Yasmin', 'Zoe', 'Agnes', 'Björn', 'Chiara', 'Dorothea',
    'Émile', 'Frieda', 'Giulia', 'Henrik', 'Ida', 'Jakub', 'Léa', 'Magnus', 'Nina', 'Otto', 'Pia', 'Søren'])
$$;

create or replace function pg_temp.last_name(n bigint) returns text
  language sql immutable as
$$
  select pg_temp.pick(n, 9002, array[
    'Albrecht', 'Bauer', 'Castellano', 'Dietrich', 'Engel', 'Fischer', 'Gruber', 'Hofmann', 'Ivanova', 'Jansen', 'Keller',
    'Lehmann', 'Moreau', 'Neumann', 'Ostermann', 'Pfeiffer', 'Quandt', 'Richter', 'Schneider', 'Thomsen', 'Ullrich',
    'Vogel', 'Weber', 'Yilmaz', 'Zimmermann', 'Arslan', 'Becker', 'Conti', 'Dupont', 'Eriksen', 'Fuchs', 'Graf', 'Huber',
    'Ilić', 'Jung', 'Kowalski', 'Lindner', 'Müller', 'Novák', 'Oliveira', 'Petersen', 'Rossi', 'Sørensen', 'Tanaka',
    'Urban', 'Vega', 'Wagner', 'Winkler', 'Schäfer', 'Koch', 'Brandt', 'Hansen', 'Kaya', 'Lorenz', 'Maier', 'Nguyen',
    'Okafor', 'Popescu', 'Seidel', 'Voss'])
$$;
