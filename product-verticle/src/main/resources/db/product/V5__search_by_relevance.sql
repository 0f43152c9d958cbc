-- A word, and what is left of it without each one of its letters: two words that differ by one letter have one of these
-- in common.
create function search_variants(word text) returns text[] immutable strict parallel safe language sql
  return (select array_agg(left(word, at - 1) || substr(word, at + 1))
            from generate_series(1, char_length(word) + 1) as at);

-- The words of products as they are written, without numbers. A word that no product has any more may stay.
create table search_word (
  word text collate "C" primary key
);

create function search_words_of(sku text, name text, description text, category text) returns setof text
immutable parallel safe language sql as $$
  select word
    from unnest(tsvector_to_array(to_tsvector('simple', search_text(
           concat_ws(' ', translate(sku, '._-', '   '), name, description, category))))) as word
   where char_length(word) between 4 and 40 and word collate "pg_c_utf8" !~ '[[:digit:][:punct:]]';
$$;

-- Without a lock, since it takes about two minutes for a million products.
insert into search_word
select distinct said.word from product, search_words_of(sku, name, description, category) as said (word);

create index search_word_by_variants on search_word using gin (search_variants(word)) with (fastupdate = off);

-- From here on whoever adds or changes a product waits, for some seconds with a million products. Reads, holds and the
-- settlement of orders go on.
lock table product in share row exclusive mode;

-- What was written meanwhile.
insert into search_word
select distinct said.word from product, search_words_of(sku, name, description, category) as said (word)
 where updated_at >= now() - interval '1 minute'
on conflict do nothing;

-- Ids are random: along these indexes, products that match a frequent word are never far.
create index product_by_id on product (status, id);
create index product_of_category_by_id on product (category, status, id);

-- In one order, so that no two transactions that add the same words wait for each other.
create function add_search_words() returns trigger language plpgsql as $$
begin
  insert into search_word
  select distinct said.word
    from written, search_words_of(sku, name, description, category) as said (word)
   where not exists (select from search_word as known where known.word = said.word)
   order by said.word
  on conflict do nothing;
  return null;
end
$$;

create trigger product_added after insert on product
  referencing new table as written for each statement execute function add_search_words();
create trigger product_changed after update on product
  referencing new table as written for each statement execute function add_search_words();
