import { describe, expect, test } from 'vitest';

import type { AccountId, BoardId, DeviceId, ParticipantId, TableId, WorkshopId } from './ids.ts';
import { can, type Action, type Actor, type PolicyContext } from './policy.ts';
import { defaultRules, stepKinds, type StepRules } from './step.ts';

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
	facilitator: { kind: 'facilitator', id: 'claire' as AccountId, workshopId },
} satisfies Record<string, Actor>;

const board = (tableId: TableId | null) => ({ boardId: 'b' as BoardId, tableId });
const everythingOpen: StepRules = {
	add: true,
	edit: true,
	arrange: 'table',
	vote: true,
	sheet: true,
	names: 'shown',
	intake: 'direct',
};
const open: PolicyContext = { rules: everythingOpen, frozen: false };
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
	{ name: 'workshop.run' },
];

describe('who may do what, when everything is open', () => {
	test.each(actions)('$name', (action) => {
		const expected = {
			participant: action.name === 'workshop.run' ? 'access.denied' : 'allowed',
			blocked: 'access.blocked',
			table: ['vote.cast', 'table.choose', 'workshop.run', 'idea.change'].includes(action.name)
				? 'access.denied'
				: 'allowed',
			screen: 'access.denied',
			facilitator: ['vote.cast', 'table.choose'].includes(action.name) ? 'access.denied' : 'allowed',
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
		expect(verdict(actors.participant, action, { rules: everythingOpen, frozen: true })).toBe('workshop.frozen');
		expect(verdict(actors.participant, action, { rules: defaultRules('pitch'), frozen: false })).toBe('step.notNow');
		expect(verdict(actors.participant, action, { rules: null, frozen: false })).toBe('step.notNow');
	}
	expect(
		verdict(actors.participant, { name: 'board.read', board: board(ownTable) }, { rules: null, frozen: true }),
	).toBe('allowed');
});

test.each(stepKinds)('a step "%s" opens no more than its name says', (kind) => {
	const rules = defaultRules(kind);
	expect(rules.vote).toBe(kind === 'vote');
	expect(rules.sheet).toBe(kind === 'sheet');
	expect(rules.add).toBe(kind === 'collect' || kind === 'group');
});
