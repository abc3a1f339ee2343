-- Texts that several people write together. A row is one document; its text is the sum of its updates.

create table text_document (
	id uuid primary key default gen_random_uuid(),
	-- A table's sheet belongs to its workshop; a project's own sheet only to the project.
	workshop_id uuid references workshop on delete cascade,
	table_id uuid references workshop_table on delete cascade,
	project_id uuid references project on delete cascade,
	kind text not null check (kind in ('sheet')),
	-- The keys of its headings in their order: ["challenge", "dream", …]. Each is one root text of the document.
	headings jsonb not null,
	-- Grows each time a process opens the document for writing; updates of an earlier opening are refused from then on.
	opening integer not null default 0,
	-- Signs the clientIDs that are handed out for this document.
	grant_key bytea not null,
	created_at timestamptz not null default now(),
	check (workshop_id is not null or project_id is not null)
);
create unique index text_document_table on text_document (table_id, kind) where project_id is null;
create index text_document_workshop on text_document (workshop_id);
create index text_document_project on text_document (project_id);

-- Yjs updates in the order (opening, seq). A compaction replaces them all by one that holds the whole state.
create table text_update (
	document_id uuid not null references text_document on delete cascade,
	opening integer not null,
	seq integer not null,
	bytes bytea not null,
	created_at timestamptz not null default now(),
	primary key (document_id, opening, seq)
);
