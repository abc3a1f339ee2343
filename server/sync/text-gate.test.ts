import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';

import { emptyDocument, forge, textsOf } from './testing/forge.ts';
import { annaId, annas, gateCases, paulId, paulsHello } from './testing/gate-cases.ts';
import { check, type GateVerdict } from './text-gate.ts';

const anna = { clientId: annaId };

/** The server's document with «Hello 😀» by Paul under the first heading, and Anna's replica of it. */
function scene() {
	const server = paulsHello();
	const replica = emptyDocument(annaId);
	Y.applyUpdate(replica, Y.encodeStateAsUpdate(server));
	return { server, replica };
}

/** What the replica sends when it is edited, update by update. */
function updatesOf(replica: Y.Doc, edit: (replica: Y.Doc) => void): Uint8Array[] {
	const updates: Uint8Array[] = [];
	const listen = (update: Uint8Array) => updates.push(update);
	replica.on('update', listen);
	edit(replica);
	replica.off('update', listen);
	return updates;
}

function updateOf(replica: Y.Doc, edit: (replica: Y.Doc) => void): Uint8Array {
	const [update, ...others] = updatesOf(replica, edit);
	if (update === undefined || others.length > 0) throw new Error('the edit is to give one update');
	return update;
}

/** Checks, and applies what is accepted. */
function submit(server: Y.Doc, update: Uint8Array, grant = anna): GateVerdict {
	const verdict = check(update, server, grant);
	if (verdict.verdict === 'accept') Y.applyUpdate(server, verdict.bytes);
	return verdict;
}

describe('what the gate takes', () => {
	it('typing, deleting and typing again, so that both sides are equal', () => {
		const { server, replica } = scene();
		const updates = updatesOf(replica, () => {
			replica.getText('challenge').insert(5, ' dear');
			replica.getText('challenge').delete(0, 2);
			replica.getText('dream').insert(0, 'Ein Bistrot');
		});
		expect(updates.map((update) => submit(server, update).verdict)).toEqual(['accept', 'accept', 'accept']);
		expect(server.getText('challenge').toJSON()).toBe('llo dear 😀');
		expect(server.getText('dream').toJSON()).toBe('Ein Bistrot');
	});

	it('text that was typed and deleted before it was sent', () => {
		const { server, replica } = scene();
		replica.getText('dream').insert(0, 'never seen');
		replica.getText('dream').delete(0, 10);
		replica.getText('dream').insert(0, 'kept');
		expect(submit(server, Y.encodeStateAsUpdate(replica, Y.encodeStateVector(server))).verdict).toBe('accept');
		expect(server.getText('dream').toJSON()).toBe('kept');
	});

	it('G5: nothing new is `known`, also when it is sent twice or is the whole document', () => {
		const { server, replica } = scene();
		const update = updateOf(replica, () => replica.getText('dream').insert(0, 'once'));
		submit(server, update);
		expect(submit(server, update)).toEqual({ verdict: 'known' });
		expect(submit(server, forge({}))).toEqual({ verdict: 'known' });
		expect(submit(server, Y.encodeStateAsUpdate(server))).toEqual({ verdict: 'known' });
	});

	it('G5: of a struct that is half known it takes the other half', () => {
		const { server, replica } = scene();
		submit(
			server,
			updateOf(replica, () => replica.getText('dream').insert(0, 'ab')),
		);
		replica.getText('dream').insert(2, 'cd');
		const whole = Y.encodeStateAsUpdate(replica, Y.encodeStateVector(scene().server));
		expect(submit(server, whole).verdict).toBe('accept');
		expect(server.getText('dream').toJSON()).toBe('abcd');
		expect(server.store.pendingStructs).toBeNull();
	});

	it('G5: known structs with other content change nothing', () => {
		const { server } = scene();
		const forged = forge({ sections: [{ client: paulId, clock: 0, structs: [{ root: 'challenge', text: 'Adieu' }] }] });
		expect(submit(server, forged)).toEqual({ verdict: 'known' });
		expect(server.getText('challenge').toJSON()).toBe('Hello 😀');
	});

	it('encodes anew: bytes written in a roundabout way come out plain', () => {
		const { server } = scene();
		const roundabout = Uint8Array.of(
			0x81,
			0x00,
			0x01,
			annaId,
			0x00,
			0x04,
			0x01,
			0x05,
			...Buffer.from('dream'),
			0x01,
			0x78,
			0x00,
		);
		const verdict = check(roundabout, server, anna);
		expect(verdict).toEqual({ verdict: 'accept', bytes: forge(annas({ text: 'x' })) });
	});

	it('merges delete ranges before they are applied', () => {
		const { server } = scene();
		const ranges: [number, number][] = [
			[3, 2],
			[0, 2],
			[1, 3],
		];
		const verdict = check(forge({ deletions: [{ client: paulId, ranges }] }), server, anna);
		expect(verdict).toEqual({
			verdict: 'accept',
			bytes: forge({ deletions: [{ client: paulId, ranges: [[0, 5]] }] }),
		});
	});
});

describe('G7: what is missing is asked for', () => {
	it('a gap in the writer’s own clock', () => {
		const { server, replica } = scene();
		const [first, second] = updatesOf(replica, () => {
			replica.getText('dream').insert(0, 'a');
			replica.getText('dream').insert(1, 'b');
		});
		if (first === undefined || second === undefined) throw new Error('two updates expected');
		expect(submit(server, second)).toEqual({ verdict: 'resync' });
		expect(server.getText('dream').toJSON()).toBe('');
		submit(server, first);
		expect(submit(server, second).verdict).toBe('accept');
	});

	it('a deletion of what the writer typed before', () => {
		const { server } = scene();
		const deletions = [{ client: annaId, ranges: [[0, 1] as [number, number]] }];
		expect(submit(server, forge({ deletions }))).toEqual({ verdict: 'resync' });
	});
});

describe('the gate', () => {
	it.each(gateCases)('$name', ({ document, update, verdict, texts }) => {
		const server = document();
		const before = Y.encodeStateAsUpdate(server);
		if (verdict === 'throws') {
			expect(() => check(update, server, anna)).toThrow(TypeError);
			return;
		}
		const answer = check(update, server, anna);
		expect(answer.verdict === 'refuse' ? answer.code : answer.verdict).toBe(verdict);
		expect(Y.encodeStateAsUpdate(server)).toEqual(before);
		if (answer.verdict !== 'accept') return;
		Y.applyUpdate(server, answer.bytes);
		expect(textsOf(server)).toEqual(texts);
		expect([server.store.pendingStructs, server.store.pendingDs]).toEqual([null, null]);
	});
});

describe('what the gate refuses', () => {
	it('G1: a struct that ends early, at every byte', () => {
		const { server } = scene();
		const whole = forge(annas({ text: 'abc' }, { origin: [annaId, 1], rightOrigin: [annaId, 2], text: 'é' }));
		for (let length = 0; length < whole.length; length += 1) {
			expect(check(whole.subarray(0, length), server, anna)).toEqual({ verdict: 'refuse', code: 'malformed' });
		}
	});

	it('G12: a cut that would leave half a pair', () => {
		const { server, replica } = scene();
		submit(
			server,
			updateOf(replica, () => replica.getText('dream').insert(0, 'a')),
		);
		expect(submit(server, forge(annas({ text: '😀' })))).toEqual({ verdict: 'refuse', code: 'unreadableText' });
	});

	it('a later struct is refused together with the good one before it', () => {
		const { server } = scene();
		const forged = forge(annas({ text: 'good' }, { root: 'notes' }));
		expect(submit(server, forged)).toEqual({ verdict: 'refuse', code: 'unknownRoot' });
		expect(server.getText('dream').toJSON()).toBe('');
	});
});
