import { people, type PersonName } from './cast.ts';
import { overlap, type Span } from './moments.ts';
import type { Permission } from './secret.ts';

/** Who may read what: the rules of the room, in the terms of one evening. */

/** Where people sit, and for how long. A table's board and sheet are for those who sit there. */
const seats: readonly (Span & { readonly name: PersonName; readonly table: 1 | 2 })[] = [
	{ name: 'anna', table: 1 },
	{ name: 'paul', table: 1 },
	{ name: 'wanda', table: 1 },
	{ name: 'felix', table: 1 },
	{ name: 'nora', table: 1 },
	{ name: 'tablet', table: 1 },
	{ name: 'mia', table: 1, until: 'changing tables' },
	{ name: 'mia', table: 2, from: 'changing tables' },
	{ name: 'bruno', table: 1, until: 'blocking' },
	{ name: 'lea', table: 1, until: 'leaving' },
	{ name: 'ravi', table: 2 },
	{ name: 'sofia', table: 2 },
	{ name: 'tom', table: 2 },
	{ name: 'secondTablet', table: 2, until: 'leaving' },
];

/** Whoever was sent away is no longer in the room, and a blocked person is told nothing of what happens in it. */
const stays: Partial<Record<PersonName, Span>> = {
	bruno: { until: 'blocking' },
	lea: { until: 'leaving' },
	denis: { until: 'leaving' },
	secondTablet: { until: 'leaving' },
	nora: { from: 'after the hiding' },
};

export function everybody(span: Span = {}): Permission[] {
	return [{ clients: Object.values(people).flat(), ...span }];
}

/** All who take part: what the presented view says, all of them are told. */
export function everybodyInTheRoom(span: Span = {}, where?: RegExp): Permission[] {
	const { outsiders: _, ...inside } = people;
	return stayersOf(Object.values(inside).flat(), span, where);
}

export function facilitators(span: Span = {}, where?: RegExp): Permission[] {
	return stayersOf(people.facilitators, span, where);
}

export function screens(span: Span = {}): Permission[] {
	return stayersOf(people.screens, span);
}

/** Those at a table, and facilitators, who may look at every table. */
export function atTable(table: 1 | 2, span: Span = {}): Permission[] {
	const seated = seats
		.filter((seat) => seat.table === table)
		.flatMap((seat) => {
			const shared = overlap(seat, span);
			return shared === undefined ? [] : [{ clients: [seat.name], ...shared }];
		});
	return [...seated, ...facilitators(span)];
}

/** Those at a table, its own screen with them. */
export function amongTable(table: 1 | 2, span: Span = {}): Permission[] {
	return [...atTable(table, span), ...(table === 1 ? stayersOf(people.tableScreens, span) : [])];
}

/** What is published on a table's board, and reaches the room, stands on the wall too. */
export function onBoard(table: 1 | 2, span: Span = {}): Permission[] {
	return [...amongTable(table, span), ...screens(span)];
}

export function only(name: PersonName, span: Span = {}, where?: RegExp): Permission[] {
	return [{ clients: [name], ...span, where }];
}

function stayersOf(names: readonly PersonName[], span: Span, where?: RegExp): Permission[] {
	return names.flatMap((name) => {
		const shared = overlap(stays[name] ?? {}, span);
		return shared === undefined ? [] : [{ clients: [name], ...shared, where }];
	});
}
