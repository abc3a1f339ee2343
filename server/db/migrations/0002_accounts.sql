-- Sessions, and the secrets that lead to one. Nothing here opens anything by itself: every secret is kept as its SHA-256.

-- A person who comes in by the terminal's link has neither e-mail nor password until they set them.
alter table account alter column email drop not null;

create table session (
	id_hash bytea primary key,
	account_id uuid references account on delete cascade,
	guest_id uuid references guest on delete cascade,
	device_id uuid references device on delete cascade,
	expires_at timestamptz not null,
	created_at timestamptz not null default now(),
	check (num_nonnulls(account_id, guest_id, device_id) = 1)
);
create index session_account on session (account_id) where account_id is not null;
create index session_guest on session (guest_id) where guest_id is not null;
create index session_device on session (device_id) where device_id is not null;
create index session_expiry on session (expires_at);

-- Asks somebody into a programme's team; redeemed once.
create table invitation (
	id uuid primary key default gen_random_uuid(),
	secret_hash bytea not null unique,
	programme_id uuid not null references programme on delete cascade,
	role text not null check (role in ('lead', 'facilitator')),
	-- For whom it is, in the inviter's words.
	name text not null,
	invited_by uuid references account on delete set null,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	redeemed_at timestamptz,
	redeemed_by uuid references account on delete set null,
	revoked_at timestamptz
);
create index invitation_programme on invitation (programme_id);

-- Printed in the terminal: whoever reads it runs the machine.
create table one_time_link (
	secret_hash bytea primary key,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	used_at timestamptz
);

-- A tablet or projector that shows a code and waits for a facilitator. The device's secret fetches the answer.
create table pairing (
	id uuid primary key default gen_random_uuid(),
	code text not null unique check (code ~ '^[A-Z2-9]{6}$'),
	secret_hash bytea not null unique,
	kind text not null check (kind in ('table', 'screen')),
	-- The workshop the device was opened for, if its address said so.
	workshop_id uuid references workshop on delete cascade,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	device_id uuid references device on delete cascade,
	collected_at timestamptz
);
create index pairing_workshop on pairing (workshop_id) where workshop_id is not null;
