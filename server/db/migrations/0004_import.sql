-- Who voted on imported statements: a key without a name, and the opinion group that was published for it.

create table statement_voter (
	workshop_id uuid not null references workshop on delete cascade,
	-- As in statement_vote.voter_key.
	voter_key text not null,
	-- Null: in none.
	opinion_group text,
	primary key (workshop_id, voter_key)
);
