import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';

import { seededRandom } from '#server/rehearsal/crowd/seeded-random.ts';

import { MapScribe, type Fields } from './map-updates.ts';
import { Typist } from './typist.ts';

const client = 77;

/** The update that a change makes in a real document. */
function updateOf(document: Y.Doc, change: () => void): Uint8Array {
	const updates: Uint8Array[] = [];
	const keep = (update: Uint8Array) => updates.push(update);
	document.on('update', keep);
	document.transact(change);
	document.off('update', keep);
	return Y.mergeUpdates(updates);
}

describe('what the bench encodes by hand is what Yjs would send', () => {
	it('for a person who types and deletes in the middle of a text', () => {
		const document = new Y.Doc();
		document.clientID = 1;
		const text = document.getText('proposal');
		text.insert(0, 'Hello wörld, this is the text.');
		document.clientID = client;
		const place = { root: 'proposal', before: { client: 1, clock: 4 }, after: { client: 1, clock: 5 } };
		const typist = new Typist(client, place, seededRandom(3));
		let caret = 5;
		for (let pressed = 0; pressed < 500; pressed += 1) {
			const { update } = typist.press();
			const [struct] = Y.decodeUpdate(update).structs;
			const typed = struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : null;
			const expected = updateOf(document, () => {
				if (typed === null) text.delete(caret - 1, 1);
				else text.insert(caret, typed);
			});
			caret += typed === null ? -1 : 1;
			expect(update).toEqual(expected);
		}
	});

	it('for a person who makes ideas, edits and moves them', () => {
		const document = new Y.Doc();
		document.clientID = client;
		const ideas = document.getMap<Y.Map<unknown>>('ideas');
		const scribe = new MapScribe(client);
		const change = (id: string, fields: Fields) =>
			updateOf(document, () => {
				for (const [field, value] of Object.entries(fields)) ideas.get(id)?.set(field, value);
			});
		for (let number = 0; number < 20; number += 1) {
			const id = `idea ${String(number)}`;
			const fields = { text: 'A bench', groupId: null, order: number, colour: 'sun', at: 1_764_000_000_000 };
			const made = updateOf(document, () => void ideas.set(id, new Y.Map(Object.entries(fields))));
			expect(scribe.add('ideas', { [id]: fields })).toEqual(made);
		}
		for (let number = 0; number < 60; number += 1) {
			const id = `idea ${String(number % 20)}`;
			const fields = number % 2 === 0 ? { text: `Edit ${String(number)}` } : { order: number, groupId: 'a group' };
			expect(scribe.set(id, fields)).toEqual(change(id, fields));
		}
	});
});
