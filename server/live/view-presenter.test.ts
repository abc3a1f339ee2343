import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import type { DocumentId, OptionId, RoundId, TableId } from '#lib/domain/ids.ts';
import type { Audience, FacilitatorView, ScreenView } from '#lib/protocol/live.ts';
import { scene, type Scene } from '#tests/helpers/command-scene.ts';
import { addIdea, addTable } from '#tests/helpers/workshop-in-memory.ts';

import { Presence } from './presence.ts';
import { presentRoundsToTable } from './round-presenter.ts';
import { SheetBook } from './sheet-book.ts';
import { presentOwn, presentShared, type Surroundings } from './view-presenter.ts';
import type { Round } from './workshop-state.ts';

const now = 10 * 60_000;

function look(at: Scene, audience: Audience, tableId: TableId | null = null, around: Partial<Surroundings> = {}) {
	const surroundings: Surroundings = {
		joinUrl: (code) => `http://hall/j/${code}`,
		turnout: () => ({ voted: 0, eligible: 0 }),
		sheets: bookOf(at, {}),
		now: () => now,
		...around,
	};
	const presence = new Presence();
	return {
		...presentShared(audience === 'facilitator', at.state, presence, surroundings),
		...presentOwn({ audience, tableId }, at.state, presence, surroundings),
	};
}

function bookOf({ table }: Scene, texts: Record<string, string>): SheetBook {
	const book = new SheetBook({
		read: () => Promise.reject(new Error('nothing is read here')),
		changed: () => undefined,
		fault: () => undefined,
	});
	book.saved(table.sheetId, texts);
	return book;
}

const wallOf = (view: unknown) => Object.values((view as ScreenView).wall).map(({ text }) => text);

test('the hall’s screen shows what reaches the room, a table’s own screen what is on its board', () => {
	const at = scene();
	const other = addTable(at.state);
	addIdea(at.state, { boardId: at.table.boardId, text: 'among us', reach: 'table' });
	addIdea(at.state, { boardId: at.table.boardId, text: 'for all' });
	addIdea(at.state, { boardId: other.boardId, text: 'theirs', reach: 'table' });
	addIdea(at.state, { boardId: at.table.boardId, text: 'still mine', state: 'private' });
	expect(wallOf(look(at, 'screen'))).toEqual(['for all']);
	expect(wallOf(look(at, 'screen', at.table.id)).toSorted()).toEqual(['among us', 'for all']);
});

test('the table at the front shows its sheet on screens, and to nobody else', () => {
	const at = scene();
	const sheets = bookOf(at, { dream: 'A place for all', proposal: '' });
	const { workshop } = at.state;
	expect((look(at, 'screen', null, { sheets }) as ScreenView).pitch).toBeNull();
	const pitches = { ...workshop.floor.pitches, current: at.table.id };
	at.state.workshop = { ...workshop, floor: { ...workshop.floor, pitches } };
	expect((look(at, 'screen', null, { sheets }) as ScreenView).pitch).toEqual({
		tableId: at.table.id,
		sheet: { dream: 'A place for all', proposal: '' },
	});
	expect(JSON.stringify(look(at, 'participant', null, { sheets }))).not.toContain('A place for all');
});

test('an idea is in the light only while it is published', () => {
	const at = scene();
	const idea = addIdea(at.state, { boardId: at.table.boardId, text: 'in the light' });
	const { workshop } = at.state;
	at.state.workshop = { ...workshop, floor: { ...workshop.floor, spotlight: idea.id } };
	expect(look(at, 'participant').floor.spotlight).toMatchObject({ text: 'in the light', tableId: at.table.id });
	at.state.ideas.put({ ...idea, state: 'hidden' });
	expect(look(at, 'participant').floor.spotlight).toBeNull();
});

describe('a table votes on ideas of its own', () => {
	function asked(published: boolean): Scene & { round: Round } {
		const at = scene();
		const idea = addIdea(at.state, { boardId: at.table.boardId, text: 'among us', reach: 'table' });
		const option = { id: randomUUID() as OptionId, position: 0, label: idea.text, ideaId: idea.id, groupId: null };
		const round: Round = {
			...{ id: randomUUID() as RoundId, kind: 'vote', tableId: at.table.id, position: 1, title: 'Which one?' },
			...{ rule: { dots: 1, maxPerOption: 1 }, options: [option], state: 'closed', openedAt: 0, closedAt: 0 },
			...{ tally: null, published, decision: null },
		};
		at.state.rounds.set(round.id, round);
		return { ...at, round };
	}

	function labelsFor({ state }: Scene, tableId: TableId): string[] {
		const rounds = Object.values(presentRoundsToTable(state, tableId, () => ({ voted: 0, eligible: 0 })));
		return rounds.flatMap(({ options }) => Object.values(options).map(({ label }) => label));
	}

	test('its words reach its own people, not the room', () => {
		const at = asked(false);
		expect(JSON.stringify(look(at, 'participant'))).not.toContain('among us');
		expect(JSON.stringify(look(at, 'screen'))).not.toContain('among us');
		expect(labelsFor(at, at.table.id)).toEqual(['among us']);
		expect(labelsFor(at, addTable(at.state).id)).toEqual([]);
		expect(JSON.stringify(look(at, 'screen', at.table.id))).toContain('among us');
	});

	test('until its result is shown to the room', () => {
		const at = asked(true);
		expect(JSON.stringify(look(at, 'screen'))).toContain('among us');
		expect(labelsFor(at, at.table.id)).toEqual([]);
	});
});

test('the radar tells of a table what a walk through the hall would', () => {
	const at = scene();
	addIdea(at.state, { boardId: at.table.boardId, createdAt: now - 60_000 });
	addIdea(at.state, { boardId: at.table.boardId, createdAt: 0, shownAt: 5 });
	const view = look(at, 'facilitator', null, { sheets: bookOf(at, { dream: 'A place', proposal: ' ', partners: '' }) });
	expect((view as FacilitatorView).radar[at.table.id]).toEqual({
		recentIdeas: 1,
		activeAt: now - 60_000,
		unseen: 1,
		sheetFilled: 1,
		sheetHeadings: 3,
		languages: { lb: 1 },
		helpAskedAt: null,
		helpBy: null,
	});
});

test('a sheet that nobody has opened since the start is read once', async () => {
	const read: DocumentId[] = [];
	const changed: DocumentId[] = [];
	const book = new SheetBook({
		read: (ids) => {
			read.push(...ids);
			return Promise.resolve(new Map(ids.map((id) => [id, { dream: 'from the rows' }])));
		},
		changed: (id) => changed.push(id),
		fault: () => undefined,
	});
	const [one, other] = [randomUUID() as DocumentId, randomUUID() as DocumentId];
	book.saved(other, { dream: 'just written' });
	await book.learn([one, other]);
	await book.learn([one, other]);
	expect(read).toEqual([one]);
	expect(changed).toEqual([other, one]);
	expect([book.textOf(one), book.textOf(other)]).toEqual([{ dream: 'from the rows' }, { dream: 'just written' }]);
});
