import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import type { RoundId } from '#lib/domain/ids.ts';
import type { Actor } from '#lib/domain/policy.ts';
import { personActor, scene, tabletActor, type Scene } from '#tests/helpers/command-scene.ts';
import { addParticipant, addTable } from '#tests/helpers/workshop-in-memory.ts';

import { applyChange, nothingTouched } from './apply-change.ts';
import { presentMe } from './me-presenter.ts';
import type { Participant, Round, Table } from './workshop-state.ts';

function tell({ state }: Scene, actor: Actor): Record<string, unknown> {
	return { ...presentMe(actor, state, 'Claire', {}, () => ({ voted: 0, eligible: 0 })) };
}

function touchedBy(
	{ state }: Scene,
	change: { entity: 'table'; row: Table } | { entity: 'participant'; row: Participant },
) {
	const touched = nothingTouched();
	applyChange(state, { type: 'put', ...change }, touched);
	return [...touched.tables];
}

describe('who hosts a table', () => {
	test('is told by name to its people and its tablet, and to no other table', () => {
		const at = scene();
		const hosted = { ...at.table, hostId: at.person.id };
		at.state.tables.set(hosted.id, hosted);
		const beside = addParticipant(at.state, { tableId: hosted.id });
		const elsewhere = addParticipant(at.state, { tableId: addTable(at.state).id });
		const nowhere = addParticipant(at.state);
		for (const person of [at.person, beside]) {
			expect(tell(at, personActor(at, person))).toMatchObject({ hostName: 'Anna' });
		}
		expect(tell(at, tabletActor(at))).toMatchObject({ hostName: 'Anna' });
		for (const person of [elsewhere, nowhere]) {
			expect(tell(at, personActor(at, person))).toMatchObject({ hostName: null });
		}
	});

	test('has no name where they gave none', () => {
		const at = scene();
		const nameless = addParticipant(at.state, { tableId: at.table.id });
		at.state.tables.set(at.table.id, { ...at.table, hostId: nameless.id });
		expect(tell(at, personActor(at))).toMatchObject({ hostName: null });
	});

	test('is news for the table when it changes, or the host’s name does', () => {
		const at = scene();
		const { table, person } = at;
		expect(touchedBy(at, { entity: 'table', row: { ...table, ready: true } })).toEqual([]);
		expect(touchedBy(at, { entity: 'participant', row: { ...person, nickname: 'Ann' } })).toEqual([]);
		expect(touchedBy(at, { entity: 'table', row: { ...table, hostId: person.id } })).toEqual([table.id]);
		expect(touchedBy(at, { entity: 'participant', row: { ...person, nickname: 'Anne' } })).toEqual([table.id]);
		expect(touchedBy(at, { entity: 'participant', row: { ...person, nickname: 'Anne', atHome: true } })).toEqual([]);
	});
});

test('whoever was blocked is told neither who hosts the table nor what it votes on', () => {
	const at = scene();
	const round: Round = {
		...{ id: randomUUID() as RoundId, kind: 'vote', tableId: at.table.id, position: 1, title: 'Which one?' },
		...{ rule: { dots: 1, maxPerOption: 1 }, options: [], state: 'open', openedAt: 0, closedAt: null },
		...{ tally: null, published: false, decision: null },
	};
	at.state.rounds.set(round.id, round);
	at.state.tables.set(at.table.id, { ...at.table, hostId: at.person.id });
	const person = addParticipant(at.state, { tableId: at.table.id });
	expect(tell(at, personActor(at, person))).toMatchObject({ hostName: 'Anna', rounds: { [round.id]: {} } });
	const blocked = { ...person, blockedAt: 5 };
	at.state.participants.set(blocked.id, blocked);
	expect(tell(at, personActor(at, blocked))).toMatchObject({ hostName: null, rounds: {} });
	expect(JSON.stringify(tell(at, personActor(at, blocked)))).not.toContain('Which one?');
});
