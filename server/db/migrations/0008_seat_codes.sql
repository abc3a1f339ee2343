-- Seat codes: slips for people without a phone, redeemed on a shared device.

create table seat_code (
	id uuid primary key default gen_random_uuid(),
	workshop_id uuid not null references workshop on delete cascade,
	-- Printed on the slip; says nothing of who took it.
	number integer not null,
	-- scrypt of the secret, with the workshop's id as salt: the code is short enough to be typed, so a plain hash could be guessed.
	secret_hash bytea not null unique,
	issued_at timestamptz not null default now(),
	revoked_at timestamptz,
	-- Made when the code is first redeemed.
	participant_id uuid unique references participant on delete set null,
	unique (workshop_id, number)
);

-- A session on a device that others use too: it ends soon after its last use.
alter table session add column shared boolean not null default false;
