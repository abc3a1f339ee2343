import { randomUUID } from 'node:crypto';

import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';

import { groupId, ideaId } from '#lib/domain/ids.ts';
import type { BoardConnection } from '#lib/live/board-connection.ts';
import type { BoardGroup, BoardIdea } from '#lib/protocol/board-document.ts';
import { closeCode, closeCodeOf, encodeSync, syncStep } from '#lib/protocol/sync-wire.ts';

import { createTestDatabase } from '../helpers/database.ts';
import { SyncHarness } from './sync-harness.ts';

const patience = { timeout: 10_000, interval: 10 };

function idea(text: string, order: number, more: Partial<BoardIdea> = {}): BoardIdea {
	return { id: ideaId.parse(randomUUID()), text, groupId: null, order, colour: 'sun', ...more };
}

function group(title: string, order: number): BoardGroup {
	return { id: groupId.parse(randomUUID()), title, order, colour: 'sky' };
}

function words(board: BoardConnection): string[] | undefined {
	return board.content?.ideas.map(({ text }) => text);
}

describe('a board', () => {
	it('B3: shows the rows, then every change, in their order on every screen', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const [bakery, bus, garden] = [idea('A bakery', 1), idea('A night bus', 2), idea('A garden', 3)];
		const food = group('Food', 1);
		const boardId = harness.board({ ideas: [bus, bakery], groups: [food] });
		const screens = [harness.watch(boardId), harness.watch(boardId)];
		await vi.waitFor(
			() =>
				expect(screens.map(words)).toEqual([
					['A bakery', 'A night bus'],
					['A bakery', 'A night bus'],
				]),
			patience,
		);

		harness.sync.boards.apply(boardId, [
			{ kind: 'put-idea', idea: garden },
			{ kind: 'put-idea', idea: { ...bakery, groupId: food.id, order: 9, by: 'Anna', at: 5 } },
			{ kind: 'remove-idea', ideaId: bus.id },
		]);
		harness.sync.boards.apply(boardId, [{ kind: 'put-idea', idea: { ...garden, text: 'A big garden' } }]);
		for (const screen of screens) {
			await vi.waitFor(() => expect(words(screen)).toEqual(['A big garden', 'A bakery']), patience);
			expect(screen.content?.ideas[1]).toEqual({ ...bakery, groupId: food.id, order: 9, by: 'Anna', at: 5 });
			expect(screen.content?.groups).toEqual([food]);
			expect(screen.status).toBe('live');
		}
	});

	it('takes names away again when they are hidden', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const named = idea('A bakery', 1, { by: 'Anna', at: 5 });
		const boardId = harness.board({ ideas: [named], groups: [] });
		const screen = harness.watch(boardId);
		await vi.waitFor(() => expect(screen.content?.ideas[0]?.by).toBe('Anna'), patience);
		const { by: _by, at: _at, ...nameless } = named;
		harness.sync.boards.apply(boardId, [{ kind: 'put-idea', idea: nameless }]);
		await vi.waitFor(() => expect(screen.content?.ideas[0]).toEqual(nameless), patience);
	});

	it('keeps an unchanged idea the same object, so that nothing is drawn again for it', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const boardId = harness.board({ ideas: [idea('A', 1), idea('B', 2)], groups: [] });
		const screen = harness.watch(boardId);
		await vi.waitFor(() => expect(words(screen)).toEqual(['A', 'B']), patience);
		const before = screen.content?.ideas[0];
		harness.sync.boards.apply(boardId, [{ kind: 'put-idea', idea: idea('C', 3) }]);
		await vi.waitFor(() => expect(words(screen)).toEqual(['A', 'B', 'C']), patience);
		expect(screen.content?.ideas[0]).toBe(before);
	});

	it('B5: gives a reload of the same rows as a difference, and of another generation afresh', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const [a, b, c] = [idea('A', 1), idea('B', 2), idea('C', 3)];
		const boardId = harness.board({ ideas: [a, b], groups: [] });
		const screen = harness.watch(boardId);
		await vi.waitFor(() => expect(words(screen)).toEqual(['A', 'B']), patience);
		harness.sync.boards.replace(boardId, 1, { ideas: [b, c], groups: [] });
		await vi.waitFor(() => expect(words(screen)).toEqual(['B', 'C']), patience);
		harness.sync.boards.replace(boardId, 2, { ideas: [c], groups: [] });
		await vi.waitFor(() => expect(words(screen)).toEqual(['C']), patience);
		expect(screen.status).toBe('live');
	});

	it('B4: is built anew after a restart, without a trace of what was there before', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const boardId = harness.board({ ideas: [idea('before', 1)], groups: [] });
		const screen = harness.watch(boardId);
		await vi.waitFor(() => expect(words(screen)).toEqual(['before']), patience);
		harness.boards.set(boardId, { generation: 1, content: { ideas: [idea('after', 1)], groups: [] } });
		await harness.restart();
		await vi.waitFor(() => expect(words(screen)).toEqual(['after']), patience);
	});

	it('B2: applies what is committed while its rows are being read', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const [kept, removed] = [idea('kept', 1), idea('removed', 2)];
		const boardId = harness.board({ ideas: [kept, removed], groups: [] });
		harness.boardReadMs = 300;
		const screen = harness.watch(boardId);
		const until = Date.now() + 500;
		for (let order = 10; Date.now() < until; order += 1) {
			harness.sync.boards.apply(boardId, [
				{ kind: 'put-idea', idea: { ...kept, text: `${order}` } },
				{ kind: 'remove-idea', ideaId: removed.id },
			]);
			kept.text = `${order}`;
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		await vi.waitFor(() => expect(words(screen)).toEqual([kept.text]), patience);
	});

	it('B1: closes whoever sends it an update, and keeps its content', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const boardId = harness.board({ ideas: [idea('A', 1)], groups: [] });
		const screen = harness.watch(boardId);
		const document = new Y.Doc();
		document.getMap('ideas').set('forged', new Y.Map([['text', 'forged']]));
		for (const step of [syncStep.step2, syncStep.update]) {
			const client = await harness.raw(boardId);
			client.send(encodeSync(step, Y.encodeStateAsUpdate(document)));
			expect(await client.closed).toEqual({ code: closeCodeOf('board.readOnly'), reason: 'board.readOnly' });
		}
		await vi.waitFor(() => expect(words(screen)).toEqual(['A']), patience);
	});

	it('C4: closes a reader who doesn’t read, and keeps serving the others', async () => {
		await using database = await createTestDatabase();
		await using harness = await SyncHarness.start(database.sql);
		const boardId = harness.board({ ideas: [], groups: [] });
		const screen = harness.watch(boardId);
		const frozen = await harness.raw(boardId);
		frozen.send(encodeSync(syncStep.step1, Uint8Array.of(0)));
		await vi.waitFor(() => expect(frozen.frames.length).toBeGreaterThan(1), patience);
		frozen.freeze();
		const long = 'x'.repeat(200_000);
		for (let order = 0; order < 60; order += 1) {
			harness.sync.boards.apply(boardId, [{ kind: 'put-idea', idea: idea(long, order) }]);
			await vi.waitFor(() => expect(words(screen)?.length).toBe(order + 1), patience);
		}
		frozen.thaw();
		expect((await frozen.closed).code).toBe(closeCode.tryAgain);
		expect(frozen.frames.length).toBeLessThan(50);
		expect(words(screen)?.length).toBe(60);
	});
});
