import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { IdeaId, OptionId, ParticipantId, RoundId } from '#lib/domain/ids.ts';
import type { CommandAck } from '#lib/protocol/commands.ts';
import { createLogger } from '#server/logger.ts';
import { createVotesService, type VotesService } from '#server/votes/votes-service.ts';
import { createTestDatabase, type TestDatabase } from '#tests/helpers/database.ts';
import {
	facilitatorOf,
	runWorkshop,
	seedIdea,
	seedParticipants,
	seedWorkshop,
	type RunningWorkshop,
	type SeededWorkshop,
} from '#tests/helpers/seeded-workshop.ts';

let database: TestDatabase;
let keysFolder: string;
let votes: VotesService;
let workshop: SeededWorkshop;
let running: RunningWorkshop;
let ideas: IdeaId[];
let people: ParticipantId[];

beforeEach(async () => {
	database = await createTestDatabase();
	keysFolder = await mkdtemp(path.join(tmpdir(), 'round-keys-'));
	workshop = await seedWorkshop(database.sql);
	ideas = await Promise.all(
		['A village shop', 'A repair café', 'A shared garden'].map((text) =>
			seedIdea(database.sql, { boardId: workshop.plenaryBoardId, text }),
		),
	);
	people = await seedParticipants(database.sql, workshop.workshopId, 12);
	await start();
});
afterEach(async () => {
	await running.queue.stop();
	await database[Symbol.asyncDispose]();
	await rm(keysFolder, { recursive: true });
});

async function start(): Promise<void> {
	votes = await createVotesService({ database: database.sql, logger: createLogger('silent'), keysFolder });
	running = await runWorkshop(database.sql, workshop.workshopId, votes.commands);
}

async function open(
	given: { dots?: number; maxPerOption?: number } = {},
): Promise<{ round: RoundId; options: OptionId[] }> {
	const { dots = 3, maxPerOption = 3 } = given;
	const ack = await running.run(facilitatorOf(workshop), 'vote.open', {
		title: 'Which idea first?',
		rule: { dots, maxPerOption },
		options: ideas.map((ideaId) => ({ ideaId })),
	});
	if (!ack.ok || ack.result.roundId === undefined) throw new Error('The round was not opened');
	const round = ack.result.roundId;
	const options = running.queue.state.rounds.get(round)?.options.map((option) => option.id) ?? [];
	return { round, options };
}

function cast(voter: ParticipantId, roundId: RoundId, ballot: Record<string, number>): Promise<CommandAck> {
	return running.run(running.as(voter), 'vote.cast', { roundId, ballot });
}

async function close(roundId: RoundId): Promise<void> {
	expect(await running.run(facilitatorOf(workshop), 'vote.close', { roundId })).toMatchObject({ ok: true });
}

/** Waits for what a close does after its commit. */
async function untilForgotten(): Promise<void> {
	await expect.poll(() => readdir(keysFolder)).toEqual([]);
	await expect.poll(() => sizeOf('ballot')).toBe(0);
}

async function sizeOf(table: string): Promise<number | undefined> {
	const [row] = await database.sql<{ size: number }[]>`select pg_relation_size(${table}::regclass) as size`;
	return row?.size;
}

function at<Item>(items: readonly Item[], index: number): Item {
	const item = items[index];
	if (item === undefined) throw new RangeError(`There is no item ${String(index)}`);
	return item;
}

function tallyOf(roundId: RoundId) {
	return running.queue.state.rounds.get(roundId)?.tally;
}

test('a vote is counted once, as it was last cast', async () => {
	const { round, options } = await open();
	await cast(at(people, 0), round, { [at(options, 0)]: 3 });
	await cast(at(people, 0), round, { [at(options, 1)]: 2, [at(options, 2)]: 1 });
	await cast(at(people, 1), round, { [at(options, 1)]: 1 });
	await close(round);
	expect(tallyOf(round)).toEqual({
		dots: { [at(options, 0)]: 0, [at(options, 1)]: 3, [at(options, 2)]: 1 },
		voters: { [at(options, 0)]: 0, [at(options, 1)]: 2, [at(options, 2)]: 1 },
		ballots: 2,
		abstentions: 0,
	});
	const rows = await database.sql`select state, tally from vote_round where id = ${round}`;
	expect(rows[0]).toEqual({ state: 'closed', tally: tallyOf(round) });
});

test('an explicit abstention is a ballot, and silence is not', async () => {
	const { round } = await open();
	await cast(at(people, 0), round, {});
	await close(round);
	expect(tallyOf(round)).toMatchObject({ ballots: 1, abstentions: 1 });
	const state = running.queue.state;
	const closed = state.rounds.get(round);
	expect(closed && votes.turnout(state, closed)).toEqual({ voted: 1, eligible: 12 });
});

test('a ballot over the budget, over the limit or with a foreign option changes nothing', async () => {
	const { round, options } = await open({ dots: 3, maxPerOption: 2 });
	const voter = at(people, 0);
	await cast(voter, round, { [at(options, 0)]: 1 });
	const refused = async (ballot: Record<string, number>) => {
		const ack = await cast(voter, round, ballot);
		return ack.ok ? 'accepted' : ack.error.code;
	};
	expect(await refused({ [at(options, 0)]: 2, [at(options, 1)]: 2 })).toBe('vote.overBudget');
	expect(await refused({ [at(options, 0)]: 3 })).toBe('vote.tooManyOnOne');
	expect(await refused({ [at(ideas, 0)]: 1 })).toBe('vote.unknownOption');
	expect(await votes.readOwnBallots(database.sql, voter, [round])).toEqual({ [round]: { [at(options, 0)]: 1 } });
});

test('a vote after the close is refused, and nobody can look up their ballot any more', async () => {
	const { round, options } = await open();
	const voter = at(people, 0);
	await cast(voter, round, { [at(options, 0)]: 1 });
	const [, late] = await Promise.all([close(round), cast(voter, round, { [at(options, 1)]: 1 })]);
	expect(late).toEqual({ ok: false, error: { code: 'vote.closed' } });
	expect(tallyOf(round)?.dots[at(options, 0)]).toBe(1);
	expect(await votes.readOwnBallots(database.sql, voter, [round])).toEqual({});
});

test('all votes that arrive before the close are in it', async () => {
	const { round, options } = await open();
	const casts = people.map((voter) => cast(voter, round, { [at(options, 0)]: 1 }));
	const closing = close(round);
	expect((await Promise.all(casts)).every((ack) => ack.ok)).toBe(true);
	await closing;
	expect(tallyOf(round)).toMatchObject({ ballots: 12, dots: { [at(options, 0)]: 12 } });
});

test('a newcomer may vote and is counted among those who may, voting or not', async () => {
	const { round, options } = await open();
	const [voting, silent] = await seedParticipants(database.sql, workshop.workshopId, 2);
	if (voting === undefined || silent === undefined) throw new Error('The newcomers are not there');
	await running.reload();
	await cast(voting, round, { [at(options, 0)]: 1 });
	await close(round);
	const roll = await database.sql`select count(*) as eligible, count(*) filter (where voted) as voted from roll`;
	expect(roll[0]).toEqual({ eligible: 14, voted: 1 });
});

test('only a person votes, only in a step that asks for it, only a facilitator runs a round', async () => {
	const { round, options } = await open();
	const ballot = { [at(options, 0)]: 1 };
	const asFacilitator = await running.run(facilitatorOf(workshop), 'vote.cast', { roundId: round, ballot });
	expect(asFacilitator).toEqual({ ok: false, error: { code: 'access.denied' } });
	const asVoter = await running.run(running.as(at(people, 0)), 'vote.close', { roundId: round });
	expect(asVoter).toEqual({ ok: false, error: { code: 'access.denied' } });
	await database.sql`update workshop set current_step_id = ${workshop.steps.collect}`;
	await running.reload();
	expect(await cast(at(people, 0), round, ballot)).toEqual({ ok: false, error: { code: 'step.notNow' } });
});

describe('after the close', () => {
	/** Everybody casts a ballot that can be told apart by its content, so that the test could link it if anything could. */
	async function closedRound(): Promise<{ round: RoundId; options: OptionId[] }> {
		const { round, options } = await open({ dots: 50, maxPerOption: 50 });
		for (const [index, voter] of people.entries()) await cast(voter, round, { [at(options, 0)]: index + 1 });
		await cast(at(people, 4), round, { [at(options, 0)]: 40 });
		await close(round);
		await untilForgotten();
		return { round, options };
	}

	test('the key is gone, and the table of open ballots is empty on disk', async () => {
		const { round } = await closedRound();
		expect(await readdir(keysFolder)).toEqual([]);
		expect(await sizeOf('ballot')).toBe(0);
		const inBox = await database.sql`select 1 from ballot_box where round_id = ${round}`;
		expect(inBox).toHaveLength(12);
	});

	test('no transaction id joins a ballot with the roll, the log or another table', async () => {
		await closedRound();
		const box = await transactionsOf('ballot_box');
		expect(box.size).toBe(1);
		for (const table of ['roll', 'command_log', 'participant', 'vote_round', 'idea']) {
			expect([...(await transactionsOf(table))].filter((id) => box.has(id))).toEqual([]);
		}
		expect((await transactionsOf('roll')).size).toBe(1);
	});

	test('rows lie in an order that has nothing to do with who voted when', async () => {
		await closedRound();
		const roll = await database.sql<{ id: ParticipantId }[]>`select participant_id as id from roll order by ctid`;
		expect(roll.map((row) => row.id)).toEqual(people.toSorted());
		const box = await database.sql<{ dots: number }[]>`
			select (select value::integer from jsonb_each_text(choices)) as dots from ballot_box order by ctid`;
		const dots = box.map((row) => row.dots);
		// Twelve ballots fall into the order of the votes once in 479 million shuffles.
		expect(dots).not.toEqual([1, 2, 3, 4, 40, 6, 7, 8, 9, 10, 11, 12]);
		expect(dots).not.toEqual([1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 40]);
		expect(dots.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 40]);
	});

	test('the ballot box holds neither voter nor time, the log holds no ballot', async () => {
		await closedRound();
		const columns = await database.sql<{ name: string }[]>`
			select column_name as name from information_schema.columns where table_name = 'ballot_box'`;
		expect(columns.map((column) => column.name).toSorted()).toEqual(['choices', 'id', 'round_id']);
		const log = await database.sql<{ ack: unknown }[]>`select ack from command_log where name = 'vote.cast'`;
		expect(log).toHaveLength(13);
		for (const { ack } of log) expect(ack).toEqual({ ok: true, result: {} });
	});

	async function transactionsOf(table: string): Promise<Set<string>> {
		const rows = await database.sql<{ id: string }[]>`select distinct xmin::text as id from ${database.sql(table)}`;
		return new Set(rows.map((row) => row.id));
	}
});

describe('when the process dies', () => {
	test('a key without a round, left by a crash before the commit, breaks nothing', async () => {
		const decision = votes.commands['vote.open'](
			{
				title: 'Never asked',
				rule: { dots: 1, maxPerOption: 1 },
				tableId: null,
				options: ideas.map((ideaId) => ({ ideaId })),
			},
			{ state: running.queue.state, actor: facilitatorOf(workshop), now: 0, newId: () => crypto.randomUUID() },
		);
		const [change] = decision.changes;
		if (change?.type !== 'run') throw new Error('Opening a round runs in the transaction');
		await expect(
			database.sql.begin(async (tx) => {
				await change.run(tx, running.queue.state);
				throw new Error('killed');
			}),
		).rejects.toThrow('killed');
		expect(await readdir(keysFolder)).toHaveLength(1);

		await start();
		await votes.tidy();
		const { round, options } = await open();
		expect(await cast(at(people, 0), round, { [at(options, 0)]: 1 })).toMatchObject({ ok: true });
	});

	test('an open round goes on after a restart, and own ballots are found', async () => {
		const { round, options } = await open();
		await cast(at(people, 0), round, { [at(options, 0)]: 2 });
		await start();
		await votes.tidy();
		expect(await votes.readOwnBallots(database.sql, at(people, 0), [round])).toEqual({
			[round]: { [at(options, 0)]: 2 },
		});
		await cast(at(people, 0), round, { [at(options, 1)]: 1 });
		await close(round);
		expect(tallyOf(round)).toMatchObject({ ballots: 1, dots: { [at(options, 0)]: 0, [at(options, 1)]: 1 } });
	});

	test('a key that outlived its close is forgotten at the next start', async () => {
		const { round, options } = await open();
		await cast(at(people, 0), round, { [at(options, 0)]: 1 });
		await database.sql`update vote_round set state = 'closed'`;
		await database.sql`delete from ballot`;
		await start();
		await votes.tidy();
		expect(await readdir(keysFolder)).toEqual([]);
		expect(await sizeOf('ballot')).toBe(0);
	});

	test('with its key lost a round takes no more votes, and closes with those it has', async () => {
		const { round, options } = await open();
		await cast(at(people, 0), round, { [at(options, 0)]: 2 });
		await rm(keysFolder, { recursive: true });
		await start();
		const again = await cast(at(people, 0), round, { [at(options, 1)]: 1 });
		expect(again).toEqual({ ok: false, error: { code: 'vote.keyLost' } });
		expect(await votes.readOwnBallots(database.sql, at(people, 0), [round])).toEqual({});
		await close(round);
		expect(tallyOf(round)).toMatchObject({ ballots: 1, dots: { [at(options, 0)]: 2 } });
	});
});

test('the result is shown and the decision noted only after the close', async () => {
	const { round, options } = await open();
	const facilitator = facilitatorOf(workshop);
	const tooEarly = await running.run(facilitator, 'vote.publish', { roundId: round, published: true });
	expect(tooEarly).toEqual({ ok: false, error: { code: 'vote.stillOpen' } });
	await close(round);
	const decision = { optionIds: [at(options, 2)], reason: 'Somebody has a garden for it.' };
	await running.run(facilitator, 'vote.publish', { roundId: round, published: true });
	await running.run(facilitator, 'vote.decide', { roundId: round, ...decision });
	const rows = await database.sql`select published, decision from vote_round`;
	expect(rows[0]).toEqual({ published: true, decision });
});
