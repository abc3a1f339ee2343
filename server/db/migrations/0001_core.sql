-- The programme, its workshops and what people write in them.
-- Ids are random UUIDs. Texts that are configured per language are jsonb objects by language code.

create table account (
	id uuid primary key default gen_random_uuid(),
	email text not null check (email = lower(email)),
	name text not null,
	password_hash text,
	language text not null default 'de',
	created_at timestamptz not null default now(),
	blocked_at timestamptz,
	unique (email)
);

create table region (
	id uuid primary key default gen_random_uuid(),
	key text not null unique,
	name jsonb not null,
	population integer not null,
	population_as_of date not null,
	source text not null
);

create table commune (
	id uuid primary key default gen_random_uuid(),
	region_id uuid not null references region on delete cascade,
	key text not null,
	name jsonb not null,
	canton text not null,
	population integer not null,
	tile_column integer not null,
	tile_row integer not null,
	latitude double precision not null,
	longitude double precision not null,
	aliases text[] not null default '{}',
	unique (region_id, key)
);

create table programme (
	id uuid primary key default gen_random_uuid(),
	slug text not null unique,
	name jsonb not null,
	created_at timestamptz not null default now()
);

-- Who may prepare and run the workshops of a programme.
create table programme_member (
	programme_id uuid not null references programme on delete cascade,
	account_id uuid not null references account on delete cascade,
	role text not null check (role in ('lead', 'facilitator')),
	primary key (programme_id, account_id)
);

create table edition (
	id uuid primary key default gen_random_uuid(),
	programme_id uuid not null references programme on delete cascade,
	region_id uuid references region,
	slug text not null unique,
	title jsonb not null,
	description jsonb not null default '{}',
	default_language text not null default 'de',
	created_at timestamptz not null default now()
);

create table challenge (
	id uuid primary key default gen_random_uuid(),
	edition_id uuid not null references edition on delete cascade,
	question jsonb not null,
	position integer not null,
	source_key text,
	unique (edition_id, source_key)
);

create table workshop (
	id uuid primary key default gen_random_uuid(),
	edition_id uuid not null references edition on delete cascade,
	code text not null unique check (code ~ '^[0-9]{8}$'),
	title jsonb not null,
	phase text not null default 'preparing' check (phase in ('preparing', 'live', 'ended')),
	door_open boolean not null default true,
	frozen boolean not null default false,
	starts_at timestamptz,
	place text,
	current_step_id uuid,
	step_started_at timestamptz,
	timer jsonb,
	-- Shown with the data: where it comes from and under which licence.
	attribution text,
	-- Names, sign-in traces and e-mail addresses are deleted on this day.
	personal_data_until date not null,
	personal_data_deleted_at timestamptz,
	-- Grows whenever the board documents must be built anew from the rows.
	generation integer not null default 1,
	source_key text unique,
	created_at timestamptz not null default now()
);

create table step (
	id uuid primary key default gen_random_uuid(),
	workshop_id uuid not null references workshop on delete cascade,
	position integer not null,
	kind text not null,
	title jsonb not null,
	prompt jsonb not null,
	duration_ms bigint not null,
	rules jsonb not null,
	unique (workshop_id, position) deferrable initially deferred
);

alter table workshop add foreign key (current_step_id) references step on delete set null;

create table workshop_table (
	id uuid primary key default gen_random_uuid(),
	workshop_id uuid not null references workshop on delete cascade,
	position integer not null,
	name text not null,
	challenge_id uuid references challenge on delete set null,
	capacity integer not null default 12 check (capacity between 1 and 2000),
	ready boolean not null default false,
	needs_help boolean not null default false,
	unique (workshop_id, position) deferrable initially deferred
);

-- One board a table, and one (without a table) for the plenary.
create table board (
	id uuid primary key default gen_random_uuid(),
	workshop_id uuid not null references workshop on delete cascade,
	table_id uuid unique references workshop_table on delete cascade
);
create unique index board_plenary on board (workshop_id) where table_id is null;

-- A browser that joined without an account.
create table guest (
	id uuid primary key default gen_random_uuid(),
	created_at timestamptz not null default now()
);

create table participant (
	id uuid primary key default gen_random_uuid(),
	workshop_id uuid not null references workshop on delete cascade,
	guest_id uuid references guest on delete set null,
	nickname text,
	language text not null,
	table_id uuid references workshop_table on delete set null,
	joined_at timestamptz not null default now(),
	blocked_at timestamptz,
	block_reason text,
	unique (workshop_id, guest_id)
);

-- A shared tablet at a table, or a projector.
create table device (
	id uuid primary key default gen_random_uuid(),
	workshop_id uuid not null references workshop on delete cascade,
	kind text not null check (kind in ('table', 'screen')),
	name text not null,
	table_id uuid references workshop_table on delete cascade,
	layout text not null default 'auto',
	paired_at timestamptz not null default now(),
	revoked_at timestamptz,
	check (kind <> 'table' or table_id is not null)
);
create index device_workshop on device (workshop_id);

create table idea_group (
	id uuid primary key default gen_random_uuid(),
	board_id uuid not null references board on delete cascade,
	title text not null,
	sort_order double precision not null,
	colour text not null,
	created_at timestamptz not null default now(),
	deleted_at timestamptz
);
create index idea_group_board on idea_group (board_id);

create table idea (
	id uuid primary key default gen_random_uuid(),
	board_id uuid not null references board on delete cascade,
	text text not null,
	language text,
	state text not null check (state in ('private', 'inbox', 'published', 'hidden', 'withdrawn')),
	-- An idea has one author, a person or a table's device; an imported one has neither.
	participant_id uuid references participant on delete set null,
	device_id uuid references device on delete set null,
	shows_name boolean not null,
	group_id uuid references idea_group on delete set null,
	sort_order double precision not null,
	colour text not null,
	hide_reason text,
	step_id uuid references step on delete set null,
	created_at timestamptz not null default now(),
	published_at timestamptz,
	changed_at timestamptz not null default now(),
	-- Where an imported idea comes from, unique on its board: importing again finds it.
	source_key text,
	unique (board_id, source_key)
);
create index idea_board on idea (board_id);
create index idea_participant on idea (participant_id);

-- Agree (1), disagree (-1), pass (0) on an idea, imported row by row; a voter may vote again, each row stays.
create table statement_vote (
	id bigint generated always as identity primary key,
	idea_id uuid not null references idea on delete cascade,
	voter_key text not null,
	value smallint not null check (value in (-1, 0, 1)),
	voted_at timestamptz not null,
	-- Tells apart rows that are equal in everything else; counts from 1.
	occurrence integer not null default 1,
	unique (idea_id, voter_key, voted_at, value, occurrence)
);

create table vote_round (
	id uuid primary key default gen_random_uuid(),
	workshop_id uuid not null references workshop on delete cascade,
	table_id uuid references workshop_table on delete cascade,
	position integer not null,
	title text not null,
	rule jsonb not null,
	state text not null check (state in ('open', 'closed')),
	opened_at timestamptz not null default now(),
	closed_at timestamptz,
	tally jsonb,
	published boolean not null default false,
	decision jsonb,
	unique (workshop_id, position)
);

-- The words as they stood when the round was opened.
create table vote_option (
	id uuid primary key default gen_random_uuid(),
	round_id uuid not null references vote_round on delete cascade,
	position integer not null,
	label text not null,
	idea_id uuid references idea on delete set null,
	group_id uuid references idea_group on delete set null,
	unique (round_id, position)
);

-- Who may vote and who has; says nothing of how or when.
create table roll (
	round_id uuid not null references vote_round on delete cascade,
	participant_id uuid not null references participant on delete cascade,
	voted boolean not null default false,
	primary key (round_id, participant_id)
);

-- Ballots of an open round, keyed by HMAC(round key, participant); the key lies in a file outside the database.
create table ballot (
	round_id uuid not null references vote_round on delete cascade,
	voter_key bytea not null,
	choices jsonb not null,
	primary key (round_id, voter_key)
);

-- Ballots of closed rounds: shuffled, without voter, time or order.
create table ballot_box (
	id uuid primary key default gen_random_uuid(),
	round_id uuid not null references vote_round on delete cascade,
	choices jsonb not null
);
create index ballot_box_round on ballot_box (round_id);

create table project (
	id uuid primary key default gen_random_uuid(),
	edition_id uuid not null references edition on delete cascade,
	workshop_id uuid references workshop on delete set null,
	table_id uuid references workshop_table on delete set null,
	slug text not null unique,
	title text not null,
	summary text not null default '',
	challenge jsonb,
	stage text not null default 'idea',
	founded_at timestamptz not null default now(),
	published boolean not null default true
);

-- From a project back to every note it came from, as it was at the founding.
create table project_idea (
	project_id uuid not null references project on delete cascade,
	idea_id uuid not null references idea on delete cascade,
	position integer not null,
	text text not null,
	board_id uuid not null,
	table_id uuid,
	table_name text,
	workshop_id uuid not null,
	group_title text,
	-- Dots by round at that moment: [{ roundTitle, dots, ballots }].
	votes jsonb not null default '[]',
	primary key (project_id, idea_id)
);

create table project_member (
	id uuid primary key default gen_random_uuid(),
	project_id uuid not null references project on delete cascade,
	involvement text not null check (involvement in ('join', 'help', 'follow')),
	name text not null,
	email text not null,
	message text not null default '',
	language text not null,
	consent_at timestamptz not null,
	-- Whoever holds the token behind this hash may change or withdraw this entry.
	token_hash bytea not null unique,
	withdrawn_at timestamptz,
	created_at timestamptz not null default now(),
	unique (project_id, email)
);

create table snapshot (
	id uuid primary key default gen_random_uuid(),
	workshop_id uuid not null references workshop on delete cascade,
	taken_at timestamptz not null default now(),
	reason text not null,
	note text,
	step_id uuid references step on delete set null,
	account_id uuid references account on delete set null,
	ideas integer not null,
	content jsonb not null,
	-- SHA-256 of the content as canonical JSON, in hex.
	hash text not null
);
create index snapshot_workshop on snapshot (workshop_id, taken_at);

-- The answer to every command, so that a resend gets the same one. Holds no payload.
create table command_log (
	actor_id uuid not null,
	id uuid not null,
	workshop_id uuid not null references workshop on delete cascade,
	name text not null,
	ack jsonb not null,
	at timestamptz not null default now(),
	primary key (actor_id, id)
);
create index command_log_age on command_log (at);

-- What was done to people and to what they wrote, by whom and why.
create table audit_log (
	id bigint generated always as identity primary key,
	workshop_id uuid references workshop on delete cascade,
	at timestamptz not null default now(),
	actor_kind text not null,
	actor_id uuid,
	action text not null,
	subject_id uuid,
	detail jsonb not null default '{}'
);
create index audit_log_workshop on audit_log (workshop_id, at);
