import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import type { DotBallot } from '#lib/domain/dot-vote.ts';
import type { ParticipantId } from '#lib/domain/ids.ts';
import type { Database } from '#server/db/client.ts';
import { readTextDocument } from '#server/sync/text-document-service.ts';
import { openRoundKeys } from '#server/votes/round-keys.ts';

import type { IdeaWriter } from './idea-writer.ts';
import type { Load } from './load.ts';
import type { Person } from './person.ts';
import { scribedHeading } from './scribe.ts';

/** Compares the rows with everything that people were promised, in words; empty if all is as it must be. */
export async function rowFaults(sql: Database, load: Load): Promise<string[]> {
	const boardId = load.evening.seeded.tables[0].boardId;
	const faults = await Promise.all([
		...load.writers.map((writer) => ideaFaults(sql, writer)),
		strayFaults(sql, boardId),
		...[...load.writers, ...load.voters].map(({ person }) => logFaults(sql, person)),
		ballotFaults(sql, load),
		textFaults(sql, load),
	]);
	const refusals = [...load.writers, ...load.voters].flatMap((person) => person.refusals);
	return [...faults.flat(), ...refusals.map((code) => `somebody was refused with ${code}`)];
}

async function ideaFaults(sql: Database, { groupId, possible, name }: IdeaWriter): Promise<string[]> {
	const rows = await sql<{ text: string }[]>`
		select text from idea where group_id = ${groupId ?? null} order by sort_order, id`;
	const texts = rows.map(({ text }) => text);
	if (possible.some((expected) => isDeepStrictEqual(expected, texts))) return [];
	return [`the ideas of ${name} are ${JSON.stringify(texts)} instead of ${JSON.stringify(possible)}`];
}

/** All ideas of the table are in the group of their writer; whatever lies elsewhere was written by nobody. */
async function strayFaults(sql: Database, boardId: string): Promise<string[]> {
	const rows = await sql<{ text: string }[]>`
		select text from idea where board_id = ${boardId} and (group_id is null or state <> 'published')`;
	return rows.map(({ text }) => `nobody put the idea "${text}" where it is`);
}

/** The log holds every answer once, and at most one that its sender doesn't know yet. */
async function logFaults(sql: Database, { answers, pending }: Person): Promise<string[]> {
	const accepted = [...answers].filter(([, ack]) => ack.ok);
	if (accepted.length === 0) return [];
	const [first] = accepted;
	const rows = await sql<{ id: string; ack: unknown }[]>`
		select id, ack from command_log
		where actor_id = (select actor_id from command_log where id = ${first?.[0] ?? null})`;
	const logged = new Map(rows.map(({ id, ack }) => [id, ack]));
	const wrong = accepted.filter(([id, ack]) => !isDeepStrictEqual(logged.get(id), ack));
	const surplus = rows.length - accepted.length;
	return [
		...wrong.map(([id]) => `command ${id} was acknowledged and is not in the log as such`),
		...(surplus > pending ? [`the log has ${String(surplus)} commands more than were answered`] : []),
	];
}

async function ballotFaults(sql: Database, { server, round, voters }: Load): Promise<string[]> {
	const keys = await openRoundKeys(path.join(server.dataDir, 'vote-keys'));
	const rows = await sql<{ key: Uint8Array; choices: DotBallot }[]>`
		select voter_key as key, choices from ballot where round_id = ${round.roundId}`;
	const ballots = new Map(rows.map(({ key, choices }) => [Buffer.from(key).toString('hex'), choices]));
	const roll = await sql<{ participantId: string }[]>`
		select participant_id as "participantId" from roll where round_id = ${round.roundId} and voted`;
	const counted = voters.flatMap(({ participantId, possible }) => {
		const key = Buffer.from(keys.voterKey(round.roundId, participantId as ParticipantId)).toString('hex');
		const ballot = ballots.get(key) ?? null;
		const marked = roll.some((entry) => entry.participantId === participantId);
		ballots.delete(key);
		return [
			...(possible.some((expected) => isDeepStrictEqual(expected, ballot))
				? []
				: [`a ballot is ${JSON.stringify(ballot)} instead of ${JSON.stringify(possible)}`]),
			...(marked === (ballot !== null) ? [] : ['roll and ballot disagree']),
		];
	});
	return [...counted, ...[...ballots].map(() => 'there is a ballot of nobody')];
}

async function textFaults(sql: Database, { evening, scribes }: Load): Promise<string[]> {
	const stored = await readTextDocument(sql, evening.seeded.tables[0].sheetId);
	return scribes.flatMap((scribe) => scribe.faultsIn(stored[scribedHeading] ?? ''));
}
