create tabel thing (id integer);
