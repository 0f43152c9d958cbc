-- A name is found by whatever it says: by stop words (The Who), by signs (AT&T, C++), and in either normal form (café).
-- Setting the expression writes the table anew, once.

-- English stems, and every word has one: the stop words of a name are words.
create text search dictionary english_of_names (template = snowball, language = english);
create text search configuration names (copy = english);
alter text search configuration names
  alter mapping for asciiword, asciihword, hword_asciipart, word, hword, hword_part with english_of_names;

-- Equal for texts that differ in normal form, width or case alone, on every machine.
create function search_text(said text) returns text immutable strict parallel safe language sql
  return lower(upper(normalize(said, NFKC) collate "pg_c_utf8") collate "pg_c_utf8");

-- What stands between spaces, signs and all, as a tsvector and a tsquery quote it. The equals sign keeps these words apart
-- from those of a dictionary; a word of a tsvector has at most 2,046 bytes.
create function search_words(said text) returns text immutable strict parallel safe language sql
  return regexp_replace(
    replace(replace(left(search_text(said), 500), '\', '\\'), '''', '''''') collate "C", '\S+', '''=\&''', 'g');

alter table product alter column search set expression as (
  to_tsvector('simple', sku)
  -- The parts of a SKU too, whatever joins them: -75 would be a number with a sign.
  || to_tsvector('simple', translate(sku, '._-', '   '))
  || to_tsvector('names', search_text(name))
  || to_tsvector('english', search_text(description))
  || to_tsvector('english', search_text(category))
  || search_words(name)::tsvector);
