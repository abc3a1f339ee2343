import fc from 'fast-check';
import * as Y from 'yjs';

import type { StructId } from '../update-reader.ts';
import { emptyDocument, forge, type ForgedStruct } from './forge.ts';

export const forgerId = 50;

/** A text of several writers who didn't see all of each other, and structs at any places in it, sensible or not. */
export type Scramble = { readonly server: Y.Doc; readonly structs: readonly ForgedStruct[] };

const edits = fc.array(
	fc.record({ writer: fc.nat(2), at: fc.nat(), text: fc.constantFrom('a', 'bc', 'def'), syncs: fc.boolean() }),
	{ minLength: 1, maxLength: 14 },
);
const place = fc.option(fc.nat(), { freq: 6 });
const insertions = fc.array(
	fc.record({ origin: place, rightOrigin: place, isForwards: fc.nat(15), text: fc.constantFrom('x', 'yz') }),
	{ minLength: 1, maxLength: 20 },
);

export const scramble: fc.Arbitrary<Scramble> = fc.record({ edits, insertions }).map(({ edits, insertions }) => {
	const server = textOf(edits);
	const structs: ForgedStruct[] = [];
	const replica = emptyDocument(1);
	Y.applyUpdate(replica, Y.encodeStateAsUpdate(server));
	let clock = 0;
	for (const { origin, rightOrigin, isForwards, text } of insertions) {
		const order = unitsOf(replica);
		const [one, other] = [pick(order, origin), pick(order, rightOrigin)];
		const isTurned = isForwards > 0 && one !== null && other !== null && order.indexOf(one) > order.indexOf(other);
		const struct = structBetween(isTurned ? other : one, isTurned ? one : other, text);
		structs.push(struct);
		Y.applyUpdate(replica, forge({ sections: [{ client: forgerId, clock, structs: [struct] }] }));
		clock += text.length;
	}
	return { server, structs };
});

/** The units of the text `dream` in their order, deleted ones too. */
export function unitsOf(document: Y.Doc): StructId[] {
	const units: StructId[] = [];
	for (let item = document.getText('dream')._start; item !== null; item = item.right)
		for (let offset = 0; offset < item.length; offset += 1)
			units.push({ client: item.id.client, clock: item.id.clock + offset });
	return units;
}

function textOf(edits: readonly { writer: number; at: number; text: string; syncs: boolean }[]): Y.Doc {
	const server = emptyDocument(1);
	const writers = [40, forgerId + 10, 70].map(emptyDocument);
	for (const { writer, at, text, syncs } of edits) {
		const replica = writers[writer];
		if (replica === undefined) continue;
		const dream = replica.getText('dream');
		dream.insert(at % (dream.length + 1), text);
		if (!syncs) continue;
		Y.applyUpdate(server, Y.encodeStateAsUpdate(replica));
		Y.applyUpdate(replica, Y.encodeStateAsUpdate(server));
	}
	for (const replica of writers) Y.applyUpdate(server, Y.encodeStateAsUpdate(replica));
	return server;
}

function pick(order: readonly StructId[], index: number | null): StructId | null {
	return index === null ? null : (order[index % order.length] ?? null);
}

function structBetween(origin: StructId | null, rightOrigin: StructId | null, text: string): ForgedStruct {
	return {
		text,
		...(origin === null ? {} : { origin: [origin.client, origin.clock] as const }),
		...(rightOrigin === null ? {} : { rightOrigin: [rightOrigin.client, rightOrigin.clock] as const }),
	};
}

/** The same updates each time, with places that take some finding. */
export function randomUpdates(count: number): { document: () => Y.Doc; update: Uint8Array; writer: number }[] {
	return fc.sample(scramble, { seed: 16, numRuns: count }).map(({ server, structs }) => ({
		document: () => server,
		update: forge({ sections: [{ client: forgerId, clock: 0, structs }] }),
		writer: forgerId,
	}));
}
