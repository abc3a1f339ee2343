import { describe, expect, it } from 'vitest';

import type { ParticipantId, TableId } from '#lib/domain/ids.ts';
import type { PersonView } from '#lib/protocol/live.ts';

import { testId } from '../testing/facilitator-view.ts';
import { movesTo, peopleList, type PeopleFilter } from './people-lists.ts';

const table = testId<TableId>(21);

function person(nickname: string | null, changes: Partial<PersonView> = {}): PersonView {
	return {
		nickname,
		language: 'lb',
		tableId: null,
		present: true,
		blocked: false,
		atHome: false,
		joinedAt: 0,
		ideas: 0,
		...changes,
	};
}

const people = {
	[testId<ParticipantId>(1)]: person('Zoé', { ideas: 9 }),
	[testId<ParticipantId>(2)]: person(null, { joinedAt: 2, atHome: true }),
	[testId<ParticipantId>(3)]: person('Anna', { tableId: table, present: false }),
	[testId<ParticipantId>(4)]: person('Änder', { tableId: table, ideas: 30 }),
	[testId<ParticipantId>(5)]: person('Ben', { blocked: true }),
};
const naming = {
	nameOf: ({ nickname }: PersonView) => nickname ?? 'nameless',
	compare: new Intl.Collator('de').compare,
};
const names = (list: { nickname: string | null }[]) => list.map(({ nickname }) => nickname);

describe('the list of people', () => {
	it('goes by name, however many ideas somebody wrote', () => {
		expect(names(peopleList(people, naming))).toEqual(['Änder', 'Anna', 'Ben', null, 'Zoé']);
	});

	it('finds a name without its accents and capitals', () => {
		expect(names(peopleList(people, naming, { sought: ' ZOE ' }))).toEqual(['Zoé']);
		expect(names(peopleList(people, naming, { sought: 'an' }))).toEqual(['Änder', 'Anna']);
	});

	it('can be that of a table', () => {
		expect(names(peopleList(people, naming, { tableId: table }))).toEqual(['Änder', 'Anna']);
	});

	it.each<[PeopleFilter, (string | null)[]]>([
		['here', ['Änder', 'Ben', null, 'Zoé']],
		['seatless', [null, 'Zoé']],
		['atHome', [null]],
		['blocked', ['Ben']],
	])('can be narrowed to those who are %s', (filter, expected) => {
		expect(names(peopleList(people, naming, { filter }))).toEqual(expected);
	});
});

it('only those who sit elsewhere are moved, and it is known where they came from', () => {
	const seats = [
		{ id: testId<ParticipantId>(1), tableId: null },
		{ id: testId<ParticipantId>(3), tableId: table },
	];
	expect(movesTo(table, seats)).toEqual([{ id: testId(1), from: null }]);
	expect(movesTo(null, seats)).toEqual([{ id: testId(3), from: table }]);
});
