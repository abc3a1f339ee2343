import { describe, expect, test } from 'vitest';

import type { AccountId, BoardId, DeviceId, ParticipantId, TableId, WorkshopId } from './ids.ts';
import { can, type Action, type Actor, type PolicyContext } from './policy.ts';
import { defaultRules, stepKinds, stepRules, type RoomRole, type StepKind, type StepRules } from './step.ts';

const workshopId = 'w' as WorkshopId;
const ownTable = 'own' as TableId;
const otherTable = 'other' as TableId;
const anna = 'anna' as ParticipantId;
const tablet = 'tablet' as DeviceId;

const actors = {
	participant: { kind: 'participant', id: anna, workshopId, tableId: ownTable, blocked: false },
	blocked: { kind: 'participant', id: anna, workshopId, tableId: ownTable, blocked: true },
	table: { kind: 'table', id: tablet, workshopId, tableId: ownTable },
	screen: { kind: 'screen', id: 'projector' as DeviceId, workshopId },
	facilitator: { kind: 'facilitator', id: 'claire' as AccountId, workshopId, leads: true },
} satisfies Record<string, Actor>;

const board = (tableId: TableId | null) => ({ boardId: 'b' as BoardId, tableId });
const everythingOpen: StepRules = {
	add: 'everybody',
	edit: 'authors',
	see: 'room',
	arrange: 'everybody',
	vote: true,
	sheet: 'everybody',
	names: 'shown',
	intake: 'direct',
	board: 'both',
	screen: 'auto',
};
const open: PolicyContext = { rules: everythingOpen, frozen: false, pace: 'tables' };
const within = (rules: StepRules | null): PolicyContext => ({ rules, frozen: false, pace: 'room' });
const annas = { participantId: anna, deviceId: null };

function verdict(actor: Actor, action: Action, context: PolicyContext = open): string {
	const result = can(actor, action, context);
	return result.allowed ? 'allowed' : result.code;
}

const actions: Action[] = [
	{ name: 'idea.add', board: board(ownTable) },
	{ name: 'idea.change', board: board(ownTable), author: annas },
	{ name: 'board.read', board: board(ownTable) },
	{ name: 'board.arrange', board: board(ownTable) },
	{ name: 'vote.cast', tableId: null },
	{ name: 'sheet.read', tableId: ownTable },
	{ name: 'sheet.write', tableId: ownTable },
	{ name: 'table.choose' },
	{ name: 'table.signal', tableId: ownTable },
	{ name: 'table.steer', tableId: ownTable, hostId: anna },
	{ name: 'pitch.applaud' },
	{ name: 'workshop.run' },
	{ name: 'workshop.steer' },
];
const forFacilitators = ['workshop.run', 'workshop.steer'];
const forPeople = ['vote.cast', 'table.choose', 'pitch.applaud'];

describe('who may do what, when everything is open', () => {
	test.each(actions)('$name', (action) => {
		const expected = {
			participant: forFacilitators.includes(action.name) ? 'access.denied' : 'allowed',
			blocked: 'access.blocked',
			table: [...forPeople, ...forFacilitators, 'idea.change'].includes(action.name) ? 'access.denied' : 'allowed',
			screen: 'access.denied',
			facilitator: forPeople.includes(action.name) ? 'access.denied' : 'allowed',
		};
		for (const [name, actor] of Object.entries(actors)) {
			expect(`${name} ${verdict(actor, action)}`).toBe(`${name} ${expected[name as keyof typeof expected]}`);
		}
	});
});

test("another table's board and sheet are closed to people and devices, and the plenary's is everybody's", () => {
	for (const actor of [actors.participant, actors.table]) {
		expect(verdict(actor, { name: 'board.read', board: board(otherTable) })).toBe('access.otherTable');
		expect(verdict(actor, { name: 'idea.add', board: board(otherTable) })).toBe('access.otherTable');
		expect(verdict(actor, { name: 'sheet.write', tableId: otherTable })).toBe('access.otherTable');
		expect(verdict(actor, { name: 'idea.add', board: board(null) })).toBe('allowed');
	}
	expect(verdict(actors.facilitator, { name: 'board.read', board: board(otherTable) })).toBe('allowed');
});

test('a person who sits at no table reaches no table', () => {
	const standing = { ...actors.participant, tableId: null };
	expect(verdict(standing, { name: 'board.read', board: board(ownTable) })).toBe('access.otherTable');
	expect(verdict(standing, { name: 'vote.cast', tableId: ownTable })).toBe('access.otherTable');
});

test('nobody changes what somebody else wrote, facilitators aside', () => {
	const pauls = { participantId: 'paul' as ParticipantId, deviceId: null };
	const change: Action = { name: 'idea.change', board: board(ownTable), author: pauls };
	expect(verdict(actors.participant, change)).toBe('access.denied');
	expect(verdict(actors.facilitator, change)).toBe('allowed');
	const tablets = { participantId: null, deviceId: tablet };
	expect(verdict(actors.table, { name: 'idea.change', board: board(ownTable), author: tablets })).toBe('allowed');
	const imported = { participantId: null, deviceId: null };
	expect(verdict(actors.participant, { name: 'idea.change', board: board(ownTable), author: imported })).toBe(
		'access.denied',
	);
});

test('a frozen room and a step without the right say so; reading goes on', () => {
	const writing = actions.filter(({ name }) =>
		['idea.add', 'idea.change', 'board.arrange', 'vote.cast', 'sheet.write'].includes(name),
	);
	for (const action of writing) {
		expect(verdict(actors.participant, action, { ...open, frozen: true })).toBe('workshop.frozen');
		expect(verdict(actors.participant, action, within(defaultRules('pitch')))).toBe('step.notNow');
		expect(verdict(actors.participant, action, within(null))).toBe('step.notNow');
	}
	expect(
		verdict(actors.participant, { name: 'board.read', board: board(ownTable) }, { ...within(null), frozen: true }),
	).toBe('allowed');
});

test.each(stepKinds)('a step "%s" opens no more than its name says', (kind) => {
	const rules = defaultRules(kind);
	expect(rules.vote).toBe(kind === 'vote' || kind === 'choose');
	expect(rules.sheet).toBe(kind === 'sheet' ? 'everybody' : 'nobody');
	const writers: Partial<Record<StepKind, RoomRole>> = { collect: 'everybody', group: 'everybody', feedback: 'people' };
	expect(rules.add).toBe(writers[kind] ?? 'nobody');
	expect(stepRules.parse(rules)).toEqual(rules);
});

const roles = { nobody: [], tables: ['table'], people: ['participant'], everybody: ['participant', 'table'] } as const;

test.each(['nobody', 'tables', 'people', 'everybody'] as const)('the role "%s" lets in whom it names', (role) => {
	const actionsOf = {
		add: { name: 'idea.add', board: board(ownTable) },
		arrange: { name: 'board.arrange', board: board(ownTable) },
		sheet: { name: 'sheet.write', tableId: ownTable },
	} as const;
	for (const rule of ['add', 'arrange', 'sheet'] as const) {
		const context = within({ ...everythingOpen, [rule]: role });
		const allowed = (['participant', 'table'] as const).filter(
			(name) => verdict(actors[name], actionsOf[rule], context) === 'allowed',
		);
		expect(`${rule}: ${allowed.join()}`).toBe(`${rule}: ${roles[role].join()}`);
		expect(verdict(actors.facilitator, actionsOf[rule], context)).toBe('allowed');
	}
});

describe('words may be changed', () => {
	const own = { name: 'idea.change', board: board(ownTable), author: annas } as const;
	const pauls = { ...own, author: { participantId: 'paul' as ParticipantId, deviceId: null } };
	const nobodys = { ...own, author: { participantId: null, deviceId: null } };
	const under = (edit: StepRules['edit']) => within({ ...everythingOpen, edit });

	test('by nobody, by those who wrote them, or by their table', () => {
		expect(verdict(actors.participant, own, under('nobody'))).toBe('step.notNow');
		expect(verdict(actors.participant, pauls, under('authors'))).toBe('access.denied');
		expect(verdict(actors.participant, pauls, under('table'))).toBe('allowed');
		expect(verdict(actors.table, pauls, under('table'))).toBe('allowed');
		const elsewhere = { ...pauls, board: board(otherTable) };
		expect(verdict(actors.participant, elsewhere, under('table'))).toBe('access.otherTable');
	});

	test('by whoever holds the key, where no author is kept', () => {
		expect(verdict(actors.participant, nobodys)).toBe('access.denied');
		expect(verdict(actors.participant, { ...nobodys, byKey: true })).toBe('allowed');
		expect(verdict(actors.participant, { ...nobodys, byKey: true }, under('nobody'))).toBe('step.notNow');
	});
});

test('those who sit at a table write on the board the step says; those who sit at none, in the plenary', () => {
	const add = (actor: Actor, tableId: TableId | null, scope: StepRules['board']) =>
		verdict(actor, { name: 'idea.add', board: board(tableId) }, within({ ...everythingOpen, board: scope }));
	for (const actor of [actors.participant, actors.table]) {
		expect([add(actor, ownTable, 'table'), add(actor, null, 'table')]).toEqual(['allowed', 'step.otherBoard']);
		expect([add(actor, ownTable, 'plenary'), add(actor, null, 'plenary')]).toEqual(['step.otherBoard', 'allowed']);
		expect([add(actor, ownTable, 'both'), add(actor, null, 'both')]).toEqual(['allowed', 'allowed']);
	}
	expect(add({ ...actors.participant, tableId: null }, null, 'table')).toBe('allowed');
	expect(add(actors.facilitator, null, 'table')).toBe('allowed');
});

test('while somebody leads, their colleagues help but do not steer', () => {
	const colleague: Actor = { ...actors.facilitator, leads: false };
	expect(verdict(colleague, { name: 'workshop.run' })).toBe('allowed');
	expect(verdict(colleague, { name: 'workshop.steer' })).toBe('workshop.notLead');
});

test('a table that goes at its own pace is steered by its device and its host', () => {
	const steer = (actor: Actor, hostId: ParticipantId | null, pace: PolicyContext['pace'] = 'tables') =>
		verdict(actor, { name: 'table.steer', tableId: ownTable, hostId }, { ...open, pace });
	expect(steer(actors.participant, anna)).toBe('allowed');
	expect(steer(actors.participant, null)).toBe('access.denied');
	expect(steer(actors.table, null)).toBe('allowed');
	expect(steer({ ...actors.table, tableId: otherTable }, null)).toBe('access.otherTable');
	expect(steer(actors.table, null, 'room')).toBe('step.notNow');
	expect(steer(actors.facilitator, null, 'room')).toBe('allowed');
});

test('a poll may be answered in any step, unless the room is frozen', () => {
	const poll: Action = { name: 'vote.cast', tableId: null, isPoll: true };
	const closed = within(defaultRules('welcome'));
	expect(verdict(actors.participant, { ...poll, isPoll: false }, closed)).toBe('step.notNow');
	expect(verdict(actors.participant, poll, closed)).toBe('allowed');
	expect(verdict(actors.participant, poll, { ...closed, frozen: true })).toBe('workshop.frozen');
	expect(verdict(actors.table, poll, closed)).toBe('access.denied');
});
