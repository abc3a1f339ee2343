import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { CommandId, ParticipantId } from '#lib/domain/ids.ts';
import { commandAck, type CommandName } from '#lib/protocol/commands.ts';
import { connect } from '#server/db/client.ts';
import { groupCommands } from '#server/ideas/group-commands.ts';
import { ideaCommands } from '#server/ideas/idea-commands.ts';
import type { CommandHandler } from '#server/live/command-handler.ts';
import { timerCommands } from '#server/steps/timer-commands.ts';

import { createTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { runWorkshop, seedParticipants, seedWorkshop } from '../helpers/seeded-workshop.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(async () => {
	await database[Symbol.asyncDispose]();
});

const handlers = { ...ideaCommands, ...groupCommands, ...timerCommands };

async function tableOfTwo() {
	const seeded = await seedWorkshop(database.sql, { step: 'collect' });
	const people = await seedParticipants(database.sql, seeded.workshopId, 2, seeded.tables[0].id);
	const [anna, paul] = people as [ParticipantId, ParticipantId];
	const workshop = await runWorkshop(database.sql, seeded.workshopId, handlers);
	return { seeded, anna, paul, workshop };
}

function countIdeas(workshopId: string) {
	return database.sql<{ text: string }[]>`
		select i.text from idea i join board b on b.id = i.board_id where b.workshop_id = ${workshopId} order by i.text`;
}

describe('a command', () => {
	test('is in Postgres when it is acknowledged', async () => {
		const { seeded, anna, workshop } = await tableOfTwo();
		const ack = await workshop.run(workshop.as(anna), 'idea.submit', { text: '  A bench\nunder the tree ' });
		expect(commandAck.parse(ack)).toMatchObject({ ok: true });
		expect(await countIdeas(seeded.workshopId)).toEqual([{ text: 'A bench under the tree' }]);
	});

	test('that is sent again gets its first answer and changes nothing', async () => {
		const { seeded, anna, workshop } = await tableOfTwo();
		const envelope = { id: randomUUID() as CommandId, name: 'idea.submit', payload: { text: 'Once' } } as const;
		const sender = { id: anna, actor: () => workshop.as(anna) };
		const together = await Promise.all([
			workshop.queue.run(sender, envelope),
			workshop.queue.run(sender, envelope),
			workshop.queue.run(sender, envelope),
		]);
		const later = await workshop.queue.run(sender, envelope);
		expect(new Set([...together, later].map((ack) => JSON.stringify(ack))).size).toBe(1);
		expect(await countIdeas(seeded.workshopId)).toHaveLength(1);

		const afterRestart = await runWorkshop(database.sql, seeded.workshopId, handlers);
		expect(await afterRestart.queue.run(sender, envelope)).toEqual(later);
		expect(await countIdeas(seeded.workshopId)).toHaveLength(1);
	});

	test('whose id was used for another one is refused, and the same id of another person is a new command', async () => {
		const { seeded, anna, paul, workshop } = await tableOfTwo();
		const id = randomUUID() as CommandId;
		const asAnna = { id: anna, actor: () => workshop.as(anna) };
		await workshop.queue.run(asAnna, { id, name: 'idea.submit', payload: { text: 'Mine' } });
		const reused = await workshop.queue.run(asAnna, { id, name: 'timer.clear', payload: {} });
		expect(reused).toEqual({ ok: false, error: { code: 'command.reused' } });
		const asPaul = { id: paul, actor: () => workshop.as(paul) };
		expect(await workshop.queue.run(asPaul, { id, name: 'idea.submit', payload: { text: 'His' } })).toMatchObject({
			ok: true,
		});
		expect(await countIdeas(seeded.workshopId)).toHaveLength(2);
	});

	test.each([
		['idea.submit', { text: '   ' }, 'text.empty'],
		['idea.submit', { text: 'x'.repeat(281) }, 'text.tooLong'],
		['idea.submit', { text: 'half a character: \ud83d' }, 'text.malformed'],
		['idea.submit', { text: 'x', colour: 'gold' }, 'command.invalid'],
		['idea.submit', null, 'command.invalid'],
		['timer.start', { durationMs: 60_000 }, 'access.denied'],
		['idea.edit', { ideaId: randomUUID(), text: 'x' }, 'idea.unknown'],
	] as const)('%s with %j is refused with a code', async (name, payload, code) => {
		const { seeded, anna, workshop } = await tableOfTwo();
		const sender = { id: anna, actor: () => workshop.as(anna) };
		const ack = await workshop.queue.run(sender, { id: randomUUID() as CommandId, name, payload });
		expect(ack).toMatchObject({ ok: false, error: { code } });
		expect(await countIdeas(seeded.workshopId)).toHaveLength(0);
	});
});

describe('a batch', () => {
	test('of many commands keeps their order and answers each', async () => {
		const { seeded, anna, workshop } = await tableOfTwo();
		const acks = await Promise.all(
			Array.from({ length: 150 }, (_, number) =>
				workshop.run(workshop.as(anna), 'idea.submit', { text: `Idea ${String(number).padStart(3, '0')}` }),
			),
		);
		expect(acks.every((ack) => ack.ok)).toBe(true);
		const rows = await database.sql<{ text: string }[]>`
			select i.text from idea i join board b on b.id = i.board_id
			where b.workshop_id = ${seeded.workshopId} order by i.sort_order`;
		expect(rows.map((row) => row.text)).toEqual(
			Array.from({ length: 150 }, (_, number) => `Idea ${String(number).padStart(3, '0')}`),
		);
	});

	test('with one command at fault refuses that one alone', async () => {
		const { seeded, anna } = await tableOfTwo();
		const poisoned: CommandHandler<'timer.clear'> = (_, { state }) => ({
			// Violates a constraint of the table, as only a fault of ours could.
			changes: [{ type: 'put', entity: 'workshop', row: { ...state.workshop, phase: 'dreaming' as 'live' } }],
		});
		const workshop = await runWorkshop(database.sql, seeded.workshopId, { ...handlers, 'timer.clear': poisoned });
		const run = (name: CommandName, payload: object) =>
			workshop.queue.run(
				{ id: anna, actor: () => workshop.as(anna) },
				{ id: randomUUID() as CommandId, name, payload },
			);
		const [before, fault, after] = await Promise.all([
			run('idea.submit', { text: 'Before' }),
			run('timer.clear', {}),
			run('idea.submit', { text: 'After' }),
		]);
		expect(before).toMatchObject({ ok: true });
		expect(fault).toEqual({ ok: false, error: { code: 'server.failed' } });
		expect(after).toMatchObject({ ok: true });
		expect(await countIdeas(seeded.workshopId)).toEqual([{ text: 'After' }, { text: 'Before' }]);
		expect(workshop.queue.state.workshop.phase).toBe('live');
		expect([...workshop.queue.state.ideas.values()].map((idea) => idea.text).sort()).toEqual(['After', 'Before']);
	});
});

test('readers never see what is not committed', async () => {
	const { seeded, anna, workshop } = await tableOfTwo();
	const running = Array.from({ length: 40 }, (_, number) =>
		workshop.run(workshop.as(anna), 'idea.submit', { text: `Idea ${String(number)}` }),
	);
	for (let look = 0; look < 10; look += 1) {
		const seen = await workshop.queue.read((state) => state.ideas.size);
		const [row] = await database.sql<{ count: number }[]>`
			select count(*) from idea i join board b on b.id = i.board_id where b.workshop_id = ${seeded.workshopId}`;
		expect(row?.count).toBeGreaterThanOrEqual(seen);
	}
	await Promise.all(running);
});

test('a database that goes away delays answers and loses nothing', async () => {
	const { seeded, anna, workshop } = await tableOfTwo();
	const acks: Promise<unknown>[] = [];
	for (let round = 0; round < 5; round += 1) {
		for (let number = 0; number < 10; number += 1) {
			acks.push(workshop.run(workshop.as(anna), 'idea.submit', { text: `Idea ${String(round)}-${String(number)}` }));
		}
		await cutConnections();
	}
	const answers = await Promise.all(acks);
	expect(answers).toHaveLength(50);
	expect(answers.every((ack) => commandAck.parse(ack).ok)).toBe(true);
	expect(await countIdeas(seeded.workshopId)).toHaveLength(50);
});

/** Ends every connection of the pool, whatever it is in the middle of. */
async function cutConnections() {
	const own = connect(database.url, { max: 1, applicationName: 'scissors' });
	await own`
		select pg_terminate_backend(pid) from pg_stat_activity
		where datname = current_database() and application_name <> 'scissors'`;
	await own.end();
}
