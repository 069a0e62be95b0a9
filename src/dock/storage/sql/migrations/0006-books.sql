-- On a version of a space that has a book, specifications are weights on its points: two bytes each, and no points of
-- their own. What a learnware came with is kept beside weights that only come near to it, in the form of the version
-- of the space that it came on. Tables of versions before have no such columns, and need none.
alter table specification add column published_version integer;
alter table specification add column published_rows integer;
alter table specification add column published_points bytea;
alter table specification add column published_weights bytea;
alter table specification add column published_radius double precision;
alter table specification alter published_points set storage external, alter published_weights set storage external;
