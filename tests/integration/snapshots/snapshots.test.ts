import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { IdeaId, SnapshotId } from '#lib/domain/ids.ts';
import { snapshotDetail, snapshotList } from '#lib/protocol/snapshots.ts';
import type { Actor } from '#lib/domain/policy.ts';
import { snapshotRoutes } from '#server/snapshots/snapshot-routes.ts';
import { createLogger } from '#server/logger.ts';
import { createSnapshotsService, type SnapshotsService } from '#server/snapshots/snapshots-service.ts';
import { createTestDatabase, type TestDatabase } from '#tests/helpers/database.ts';
import { callRoute } from '#tests/helpers/call-route.ts';
import {
	facilitatorOf,
	runWorkshop,
	seedGroup,
	seedIdea,
	seedParticipants,
	seedWorkshop,
	type RunningWorkshop,
	type SeededWorkshop,
} from '#tests/helpers/seeded-workshop.ts';

let database: TestDatabase;
let workshop: SeededWorkshop;
let running: RunningWorkshop;
let snapshots: SnapshotsService;
let facilitator: Actor;
let ideas: Record<'bench' | 'waiting' | 'secret', IdeaId>;
let groupId: string;
const replaced: { documentId: string; texts: Readonly<Record<string, string>> }[] = [];

beforeEach(async () => {
	database = await createTestDatabase();
	workshop = await seedWorkshop(database.sql, { step: 'collect' });
	facilitator = facilitatorOf(workshop);
	const { boardId } = workshop.tables[0];
	groupId = await seedGroup(database.sql, boardId, 'Meeting');
	const [author] = await seedParticipants(database.sql, workshop.workshopId, 1, workshop.tables[0].id);
	ideas = {
		bench: await seedIdea(database.sql, {
			boardId,
			text: 'A bench',
			groupId,
			...(author === undefined ? {} : { participantId: author }),
		}),
		waiting: await seedIdea(database.sql, { boardId, text: 'A question', state: 'inbox' }),
		secret: await seedIdea(database.sql, { boardId, text: 'Not yet for others', state: 'private' }),
	};
	replaced.length = 0;
	snapshots = createSnapshotsService({
		database: database.sql,
		logger: createLogger('silent'),
		taken: (_, row) => running.queue.change(() => [{ type: 'put', entity: 'snapshot', row }]),
		replaceText: (documentId, texts) => {
			replaced.push({ documentId, texts });
			return Promise.resolve();
		},
	});
	running = await runWorkshop(database.sql, workshop.workshopId, snapshots.commands);
});
afterEach(async () => {
	await running.queue.stop();
	await database[Symbol.asyncDispose]();
});

async function take(note?: string): Promise<SnapshotId> {
	const ack = await running.run(facilitator, 'snapshot.take', note === undefined ? {} : { note });
	if (!ack.ok || ack.result.snapshotId === undefined) throw new Error('No snapshot was taken');
	return ack.result.snapshotId;
}

async function read(id: SnapshotId) {
	return snapshotDetail.parse(
		await callRoute(routes(), 'get', '/workshops/:workshopId/snapshots/:snapshotId', {
			params: { workshopId: workshop.workshopId, snapshotId: id },
			accountId: workshop.accountId,
		}),
	);
}

function routes() {
	return snapshotRoutes({ database: database.sql });
}

test('a snapshot holds the boards, the sheets and their hash, but no author and no private word', async () => {
	const id = await take('Before the break');
	const { snapshot, intact, content } = await read(id);
	expect(snapshot).toMatchObject({ reason: 'on-demand', note: 'Before the break', ideas: 1 });
	expect(intact).toBe(true);
	expect(content.ideas.map((idea) => idea.text).toSorted()).toEqual(['A bench', 'A question']);
	expect(content.privateIdeas).toBe(1);
	expect(content.sheets.map((sheet) => sheet.texts.dream).toSorted()).toEqual([
		'A dream of table 1',
		'A dream of table 2',
	]);
	expect(JSON.stringify(content)).not.toContain('Not yet for others');
	expect(JSON.stringify(content)).not.toContain('Person 1');
	expect(running.queue.state.snapshots.get(id)?.hash).toBe(snapshot.hash);
});

test('a content that was changed behind our back is noticed, and not restored', async () => {
	const id = await take();
	await database.sql`
		update snapshot set content = jsonb_set(content, '{ideas,0,text}', '"Forged"') where id = ${id}`;
	expect((await read(id)).intact).toBe(false);
	const ack = await running.run(facilitator, 'snapshot.restore', { snapshotId: id });
	expect(ack).toEqual({ ok: false, error: { code: 'snapshot.damaged' } });
});

test('the periodic snapshot is taken only if something has changed', async () => {
	const periodic = async () => {
		await running.queue.change((state, now) => [snapshots.automatic('periodic', { state, now })]);
		await snapshots.settled();
	};
	await periodic();
	await periodic();
	expect(running.queue.state.snapshots.size).toBe(1);
	await database.sql`update idea set text = 'A longer bench' where id = ${ideas.bench}`;
	await periodic();
	expect(running.queue.state.snapshots.size).toBe(2);
});

test('a hundred votes that are closed at once are one snapshot, and nobody waits for it', async () => {
	const closes = Array.from({ length: 100 }, () =>
		running.queue.change((state, now) => [snapshots.automatic('vote-close', { state, now })]),
	);
	await Promise.all(closes);
	await snapshots.settled();
	const reasons = [...running.queue.state.snapshots.values()].map(({ reason }) => reason);
	expect(new Set(reasons)).toEqual(new Set(['vote-close']));
	expect(reasons.length).toBeLessThan(4);
});

test('a restore brings the boards and the sheets back, takes a snapshot before, and deletes nothing', async () => {
	const id = await take();
	await database.sql`update idea set text = 'A fountain', group_id = null where id = ${ideas.bench}`;
	await database.sql`update idea_group set deleted_at = now() where id = ${groupId}`;
	const { boardId, sheetId } = workshop.tables[0];
	const added = await seedIdea(database.sql, { boardId, text: 'A car park' });
	await running.reload();

	const ack = await running.run(facilitator, 'snapshot.restore', { snapshotId: id });
	if (!ack.ok || ack.result.snapshotId === undefined) throw new Error('Nothing was restored');

	const rows = await database.sql`
		select id, text, state, group_id as "groupId", hide_reason as "hideReason" from idea
		where id in (${ideas.bench}, ${added}) order by text`;
	expect(rows[0]).toEqual({ id: ideas.bench, text: 'A bench', state: 'published', groupId, hideReason: null });
	expect(rows[1]).toMatchObject({ id: added, state: 'hidden' });
	expect(String(rows[1]?.hideReason)).toMatch(/\d/);
	expect(running.queue.state.ideas.get(ideas.bench)?.text).toBe('A bench');
	expect(replaced).toEqual([]);

	const before = await read(ack.result.snapshotId);
	expect(before.snapshot.reason).toBe('before-restore');
	expect(before.content.ideas.map((idea) => idea.text)).toContain('A car park');
	expect(before.content.sheets.map((sheet) => sheet.documentId)).toContain(sheetId);
});

test('sheet texts that have changed since are written through their document', async () => {
	const id = await take();
	const { sheetId } = workshop.tables[0];
	await database.sql`delete from text_update where document_id = ${sheetId}`;
	await running.run(facilitator, 'snapshot.restore', { snapshotId: id });
	await expect
		.poll(() => replaced.map(({ documentId, texts }) => [documentId, texts.dream]))
		.toEqual([[sheetId, 'A dream of table 1']]);
});

test('only those who run the workshop look back, and only facilitators restore', async () => {
	const id = await take();
	const stranger = randomUUID();
	const listed = snapshotList.parse(
		await callRoute(routes(), 'get', '/workshops/:workshopId/snapshots', {
			params: { workshopId: workshop.workshopId },
			accountId: workshop.accountId,
		}),
	);
	expect(listed.snapshots.map((snapshot) => snapshot.id)).toEqual([id]);
	await expect(
		callRoute(routes(), 'get', '/workshops/:workshopId/snapshots', {
			params: { workshopId: workshop.workshopId },
			accountId: stranger,
		}),
	).rejects.toThrow('access.denied');
	await expect(
		callRoute(routes(), 'get', '/workshops/:workshopId/snapshots', { params: { workshopId: workshop.workshopId } }),
	).rejects.toThrow('session.missing');
	const person = [...running.queue.state.participants.keys()][0];
	if (person === undefined) throw new Error('Nobody is there');
	const ack = await running.run(running.as(person), 'snapshot.restore', { snapshotId: id });
	expect(ack).toEqual({ ok: false, error: { code: 'access.denied' } });
});
