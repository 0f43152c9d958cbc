-- Words that differ in ß and ss alone are found by each other, as capital letters have them: STRASSE is Straße. The last
-- normalization joins what small letters have as one character and capital letters as two, such as ǰ.
create or replace function search_text(said text) returns text immutable strict parallel safe language sql
  return normalize(
    replace(lower(upper(normalize(said, NFKC) collate "pg_c_utf8") collate "pg_c_utf8"), 'ß', 'ss'), NFKC);

-- The same expression as before: setting it writes the table anew, once, with the new function.
alter table product alter column search set expression as (
  to_tsvector('simple', sku)
  || to_tsvector('simple', translate(sku, '._-', '   '))
  || to_tsvector('names', search_text(name))
  || to_tsvector('english', search_text(description))
  || to_tsvector('english', search_text(category))
  || search_words(name)::tsvector);
