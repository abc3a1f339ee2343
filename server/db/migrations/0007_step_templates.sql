-- Agendas that a programme's team has saved, to begin other workshops with.
create table step_template (
	id uuid primary key default gen_random_uuid(),
	programme_id uuid not null references programme on delete cascade,
	name text not null,
	-- A list of steps without ids: { kind, title, prompt, durationMs, rules }.
	steps jsonb not null,
	saved_by uuid references account on delete set null,
	saved_at timestamptz not null default now(),
	unique (programme_id, name)
);

-- Which steps ideas were written in is asked before steps are replaced, and again when one is taken away.
create index idea_step on idea (step_id);
