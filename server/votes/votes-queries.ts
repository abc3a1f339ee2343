import type { DotBallot } from '#lib/domain/dot-vote.ts';
import type { ParticipantId, RoundId } from '#lib/domain/ids.ts';
import type { Database, Sql } from '#server/db/client.ts';

/** Locks a round until the transaction ends, and says whether it is open; nothing if there is none. */
export async function lockRound(sql: Sql, roundId: RoundId): Promise<'open' | 'closed' | undefined> {
	const [row] = await sql<{ state: 'open' | 'closed' }[]>`
		select state from vote_round where id = ${roundId} for update`;
	return row?.state;
}

/** Takes the ballots of a round out of the table of open ballots. */
export async function takeBallots(sql: Sql, roundId: RoundId): Promise<DotBallot[]> {
	const rows = await sql<{ choices: DotBallot }[]>`
		delete from ballot where round_id = ${roundId} returning choices`;
	return rows.map((row) => row.choices);
}

/** Puts ballots into the box in the given order; their ids are random. */
export async function insertIntoBallotBox(sql: Sql, roundId: RoundId, ballots: readonly DotBallot[]): Promise<void> {
	if (ballots.length === 0) return;
	await sql`
		insert into ballot_box (round_id, choices)
		select ${roundId}, ballot.choices
		from jsonb_array_elements(${sql.json(ballots)}) with ordinality as ballot(choices, place)
		order by ballot.place`;
}

/** Writes a roll anew, in the order of the participants' random ids: how its rows lie says nothing of who voted when. */
export async function rewriteRoll(sql: Sql, roundId: RoundId): Promise<void> {
	const roll = await sql<{ participantId: ParticipantId; voted: boolean }[]>`
		delete from roll where round_id = ${roundId} returning participant_id as "participantId", voted`;
	if (roll.length === 0) return;
	await sql`
		insert into roll (round_id, participant_id, voted)
		select ${roundId}, entry."participantId", entry.voted
		from jsonb_to_recordset(${sql.json(roll)}) as entry("participantId" uuid, voted boolean)
		order by entry."participantId"`;
}

/** Clears the dead rows that a close left behind. Runs outside transactions. */
export async function vacuumBallots(database: Database): Promise<void> {
	await database`vacuum ballot, roll`;
}

export type BallotKey = { readonly roundId: RoundId; readonly voterKey: Uint8Array };

/** The ballots that lie under these keys in open rounds. */
export async function findBallots(
	sql: Sql,
	keys: readonly BallotKey[],
): Promise<{ roundId: RoundId; choices: DotBallot }[]> {
	const wanted = keys.map(({ roundId, voterKey }) => ({ roundId, voterKey: Buffer.from(voterKey).toString('hex') }));
	return sql<{ roundId: RoundId; choices: DotBallot }[]>`
		select b.round_id as "roundId", b.choices
		from jsonb_to_recordset(${sql.json(wanted)}) as wanted("roundId" uuid, "voterKey" text)
		join ballot b on b.round_id = wanted."roundId" and b.voter_key = decode(wanted."voterKey", 'hex')`;
}

/** Takes one ballot out of an open round, and marks on the roll that its voter has not voted. */
export async function deleteBallot(
	sql: Sql,
	{ roundId, voterKey }: BallotKey,
	participantId: ParticipantId,
): Promise<void> {
	await sql`delete from ballot where round_id = ${roundId} and voter_key = ${voterKey}`;
	await sql`update roll set voted = false where round_id = ${roundId} and participant_id = ${participantId}`;
}

export async function findRoundStates(
	sql: Sql,
	roundIds: readonly RoundId[],
): Promise<ReadonlyMap<RoundId, 'open' | 'closed'>> {
	const rows = await sql<{ id: RoundId; state: 'open' | 'closed' }[]>`
		select id, state from vote_round where id = any(${[...roundIds]}::uuid[])`;
	return new Map(rows.map((row) => [row.id, row.state]));
}

export async function findOpenRounds(sql: Sql): Promise<RoundId[]> {
	const rows = await sql<{ id: RoundId }[]>`select id from vote_round where state = 'open'`;
	return rows.map((row) => row.id);
}
