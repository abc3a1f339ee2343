import fc from 'fast-check';
import * as Y from 'yjs';

import type { StructId } from '../update-reader.ts';
import { emptyDocument, forge, type ForgedStruct } from './forge.ts';

export const forgerId = 50;

/** A text of several writers who didn't see all of each other, and structs at any places in it, sensible or not. */
export type Scramble = { readonly server: Y.Doc; readonly structs: readonly ForgedStruct[] };

const edit = fc.record({
	writer: fc.nat(2),
	at: fc.nat(),
	text: fc.constantFrom('a', 'bc', 'def'),
	syncs: fc.boolean(),
});
const typing = fc.record({ at: fc.nat(), text: fc.constantFrom('x', 'yz') });
/** What the forger changes in the structs that are the outcome of its typing. */
const forgery = fc.record({
	struct: fc.nat(),
	side: fc.constantFrom('origin' as const, 'rightOrigin' as const),
	unit: fc.option(fc.nat()),
});

const typed: fc.Arbitrary<Scramble> = fc
	.record({
		seen: fc.array(edit, { maxLength: 8, size: 'max' }),
		missed: fc.array(edit, { maxLength: 8, size: 'max' }),
		typings: fc.array(typing, { minLength: 1, maxLength: 12, size: 'max' }),
		forgeries: fc.array(forgery, { maxLength: 2, size: 'max' }),
	})
	.map(({ seen, missed, typings, forgeries }) => {
		const server = emptyDocument(1);
		const writers = [40, forgerId + 10, 70].map(emptyDocument);
		for (const step of seen) play(server, writers, step);
		const replica = emptyDocument(forgerId);
		Y.applyUpdate(replica, Y.encodeStateAsUpdate(server));
		for (const step of missed) play(server, writers, step);
		for (const writer of writers) Y.applyUpdate(server, Y.encodeStateAsUpdate(writer));

		const dream = replica.getText('dream');
		for (const { at, text } of typings) dream.insert(at % (dream.length + 1), text);
		const structs = structsOf(replica);
		const units = [...unitsOf(server), ...unitsOf(replica).filter(({ client }) => client === forgerId)];
		for (const { struct, side, unit } of forgeries) tamper(structs, struct, side, pick(units, unit));
		return { server, structs };
	});

/** Insertions at places that a replica might have had side by side, or, now and then, not. */
const placed: fc.Arbitrary<Scramble> = fc
	.record({
		edits: fc.array(edit, { minLength: 1, maxLength: 12, size: 'max' }),
		insertions: fc.array(
			fc.record({
				left: fc.option(fc.nat(), { freq: 6 }),
				choice: fc.nat(),
				isWild: fc.nat(20).map((chance) => chance === 0),
				text: fc.constantFrom('x', 'yz'),
			}),
			{ minLength: 4, maxLength: 16, size: 'max' },
		),
	})
	.map(({ edits, insertions }) => {
		const server = emptyDocument(1);
		const writers = [40, forgerId + 10, 70].map(emptyDocument);
		for (const step of edits) play(server, writers, step);
		for (const writer of writers) Y.applyUpdate(server, Y.encodeStateAsUpdate(writer));
		const replica = emptyDocument(1);
		Y.applyUpdate(replica, Y.encodeStateAsUpdate(server));
		const structs: ForgedStruct[] = [];
		let clock = 0;
		for (const { left, choice, isWild, text } of insertions) {
			const units = unitsOf(replica);
			const start = { text, ...side('origin', pick(units, left)) };
			const candidates = [null, ...units].map((unit) => ({ ...start, ...side('rightOrigin', unit) }));
			const sensible = isWild ? candidates : candidates.filter((struct) => isPossible(replica, struct) === true);
			const struct = sensible[choice % sensible.length];
			if (struct === undefined) continue;
			structs.push(struct);
			Y.applyUpdate(replica, forge({ sections: [{ client: forgerId, clock, structs: [struct] }] }));
			clock += text.length;
		}
		return { server, structs };
	});

export const scramble: fc.Arbitrary<Scramble> = fc.oneof(typed, placed);

type Edit = { readonly writer: number; readonly at: number; readonly text: string; readonly syncs: boolean };

function play(server: Y.Doc, writers: readonly Y.Doc[], { writer, at, text, syncs }: Edit): void {
	const replica = writers[writer];
	if (replica === undefined) return;
	const dream = replica.getText('dream');
	dream.insert(at % (dream.length + 1), text);
	if (!syncs) return;
	Y.applyUpdate(server, Y.encodeStateAsUpdate(replica));
	Y.applyUpdate(replica, Y.encodeStateAsUpdate(server));
}

/** What the forger's replica would send of its own. */
function structsOf(replica: Y.Doc): ForgedStruct[] {
	const items = replica.store.clients.get(forgerId) ?? [];
	return items.flatMap((item) => {
		if (!(item instanceof Y.Item && item.content instanceof Y.ContentString)) return [];
		return [{ text: item.content.str, ...side('origin', item.origin), ...side('rightOrigin', item.rightOrigin) }];
	});
}

function tamper(structs: ForgedStruct[], index: number, name: 'origin' | 'rightOrigin', unit: StructId | null): void {
	const at = index % structs.length;
	const { [name]: _replaced, ...kept } = structs[at] ?? {};
	structs[at] = { ...kept, ...side(name, unit) };
}

function side(name: 'origin' | 'rightOrigin', id: StructId | null): ForgedStruct {
	return id === null ? {} : { [name]: [id.client, id.clock] };
}

/** The units of the text `dream` in their order, deleted ones too. */
export function unitsOf(document: Y.Doc): StructId[] {
	const units: StructId[] = [];
	for (let item = document.getText('dream')._start; item !== null; item = item.right)
		for (let offset = 0; offset < item.length; offset += 1)
			units.push({ client: item.id.client, clock: item.id.clock + offset });
	return units;
}

type Place = { readonly at: number; readonly origin: number; readonly rightOrigin: number };

/** Where each unit of the text stands, and where the origins stand that it was put between; beyond the ends if there is none. */
function placesIn(document: Y.Doc): Map<string, Place> {
	const order = unitsOf(document).map(({ client, clock }) => `${client}/${clock}`);
	const positionOf = (id: Y.ID | null, end: number) => (id === null ? end : order.indexOf(`${id.client}/${id.clock}`));
	const places = new Map<string, Place>();
	for (let item = document.getText('dream')._start; item !== null; item = item.right) {
		for (let offset = 0; offset < item.length; offset += 1) {
			const at = places.size;
			const origin = offset === 0 ? positionOf(item.origin, -1) : at - 1;
			const place = { at, origin, rightOrigin: positionOf(item.rightOrigin, order.length) };
			places.set(`${item.id.client}/${item.id.clock + offset}`, place);
		}
	}
	return places;
}

/**
 * Whether a replica can have had the origins side by side, when Yjs puts the struct in: the right one stands right of the left
 * one, and neither has its own origin between them. `null` if one of them doesn't exist yet.
 */
export function isPossible(document: Y.Doc, { origin, rightOrigin }: ForgedStruct): boolean | null {
	const places = placesIn(document);
	const left = origin === undefined ? { at: -1, rightOrigin: places.size } : places.get(origin.join('/'));
	const right = rightOrigin === undefined ? { at: places.size, origin: -1 } : places.get(rightOrigin.join('/'));
	if (left === undefined || right === undefined) return null;
	return left.at < right.at && right.origin <= left.at && left.rightOrigin >= right.at;
}

function pick(order: readonly StructId[], index: number | null): StructId | null {
	return index === null ? null : (order[index % order.length] ?? null);
}

/** The same updates each time, with places that take some finding. */
export function randomUpdates(count: number): { document: () => Y.Doc; update: Uint8Array; writer: number }[] {
	return fc.sample(scramble, { seed: 16, numRuns: count }).map(({ server, structs }) => ({
		document: () => server,
		update: forge({ sections: [{ client: forgerId, clock: 0, structs }] }),
		writer: forgerId,
	}));
}
