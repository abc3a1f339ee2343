import type { ParticipantId, TableId } from '#lib/domain/ids.ts';
import type { PersonView } from '#lib/protocol/live.ts';

export type Person = PersonView & { readonly id: ParticipantId };

export const peopleFilters = ['here', 'seatless', 'atHome', 'blocked'] as const;
export type PeopleFilter = (typeof peopleFilters)[number];

type Wanted = {
	readonly tableId?: TableId | undefined;
	/** Part of a name, in any capitals and without accents. */
	readonly sought?: string;
	readonly filter?: PeopleFilter | null;
};

type Naming = {
	readonly nameOf: (person: PersonView) => string;
	readonly compare: (one: string, other: string) => number;
};

/** People by name. There is no other order: nobody is ranked. */
export function peopleList(
	people: Readonly<Record<ParticipantId, PersonView>>,
	{ nameOf, compare }: Naming,
	{ tableId, sought = '', filter = null }: Wanted = {},
): Person[] {
	const needle = plain(sought.trim());
	return (Object.entries(people) as [ParticipantId, PersonView][])
		.map(([id, person]): Person => ({ ...person, id }))
		.filter((person) => tableId === undefined || person.tableId === tableId)
		.filter((person) => filter === null || belongsTo(filter, person))
		.filter((person) => plain(nameOf(person)).includes(needle))
		.sort((one, other) => compare(nameOf(one), nameOf(other)) || one.joinedAt - other.joinedAt);
}

export function belongsTo(filter: PeopleFilter, person: PersonView): boolean {
	switch (filter) {
		case 'here':
			return person.present;
		case 'seatless':
			return person.tableId === null && !person.blocked;
		case 'atHome':
			return person.atHome;
		case 'blocked':
			return person.blocked;
	}
}

function plain(text: string): string {
	return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase('und');
}

/** Where several people were, so that all of them can go back. */
export type Seat = { readonly id: ParticipantId; readonly from: TableId | null };

/** Those who really move, with where they come from. */
export function movesTo(target: TableId | null, people: readonly Pick<Person, 'id' | 'tableId'>[]): Seat[] {
	return people.filter(({ tableId }) => tableId !== target).map(({ id, tableId }) => ({ id, from: tableId }));
}
