-- The chart of the dock, as it was drawn last: at most one row.
create table chart (
  is_one boolean primary key default true check (is_one),
  -- What changes whenever the document does.
  tag text not null,
  -- What changes whenever it would have to be drawn anew.
  drawn_of text not null,
  document text not null
);
