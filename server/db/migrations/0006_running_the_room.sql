-- What it takes to run a room: tables at their own pace, what has the floor, who leads, screens that differ, and what became of an idea.

-- Who may what is said per role now, and a step says how far ideas reach, where they are written and what screens show.
update step set rules = rules || jsonb_build_object(
	'add', case when (rules ->> 'add')::boolean then 'everybody' else 'nobody' end,
	'edit', case when (rules ->> 'edit')::boolean then 'authors' else 'nobody' end,
	'see', 'room',
	'arrange', case when rules ->> 'arrange' = 'table' then 'everybody' else 'nobody' end,
	'sheet', case when (rules ->> 'sheet')::boolean then 'everybody' else 'nobody' end,
	'board', 'table',
	'screen', 'auto'
);

alter table workshop
	-- The people are synthetic, and what they do is cleared away in one go.
	add column rehearsal boolean not null default false,
	-- Announcement, spotlight, call to gather, pitches, pace.
	add column floor jsonb not null default '{}',
	-- Who steers; nobody: whoever of the team does.
	add column lead_id uuid references account on delete set null;

alter table workshop_table
	add column host_id uuid references participant on delete set null,
	add column at_home boolean not null default false,
	add column help_asked_at timestamptz,
	add column help_by uuid references account on delete set null,
	-- The step and time of a table that goes at its own pace.
	add column step_id uuid references step on delete set null,
	add column step_started_at timestamptz,
	add column timer jsonb;
update workshop_table set help_asked_at = now() where needs_help;

alter table participant add column at_home boolean not null default false;

alter table device
	add column place text,
	add column idea_id uuid references idea on delete set null,
	add column languages text[] not null default '{}';

alter table idea drop constraint idea_state_check;
alter table idea
	add check (state in ('private', 'inbox', 'published', 'hidden', 'withdrawn', 'merged')),
	-- How far a published idea reaches.
	add column reach text not null default 'room' check (reach in ('table', 'room')),
	add column merged_into uuid references idea on delete set null,
	-- The idea of a table that this one was copied from.
	add column copied_from uuid references idea on delete set null,
	add column claimed_by uuid references account on delete set null,
	add column claimed_at timestamptz,
	-- When a screen first showed it to the room.
	add column shown_at timestamptz,
	-- SHA-256 of the key on its author's device, where names are not recorded.
	add column key_hash bytea;

-- A poll is a quick question in any step.
alter table vote_round add column kind text not null default 'vote' check (kind in ('vote', 'poll'));

-- The command that takes an entry back: { name, payload }.
alter table audit_log add column inverse jsonb;
