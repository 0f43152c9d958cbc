create table thing (id integer primary key);
create table account (id integer primary key, amount integer not null);
