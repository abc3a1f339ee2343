import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';

import { check, gateLimits, type GateVerdict } from './text-gate.ts';

const headings = ['challenge', 'dream'];
const annaId = 11;
const paulId = 22;
const anna = { clientId: annaId };

function emptyDocument(clientId: number): Y.Doc {
	const document = new Y.Doc();
	document.clientID = clientId;
	for (const heading of headings) document.getText(heading);
	return document;
}

/** The server's document with «Hello 😀» by Paul under the first heading, and Anna's replica of it. */
function scene() {
	const server = emptyDocument(1);
	const paul = emptyDocument(paulId);
	paul.getText('challenge').insert(0, 'Hello 😀');
	Y.applyUpdate(server, Y.encodeStateAsUpdate(paul));
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

type ForgedStruct = {
	info?: number;
	origin?: [number, number];
	rightOrigin?: [number, number];
	root?: string;
	parentInfo?: number;
	text?: string;
	deleted?: number;
	raw?: (encoder: encoding.Encoder) => void;
};
type Forged = {
	sections?: { client: number; clock: number; structs: ForgedStruct[] }[];
	deletions?: { client: number; ranges: [number, number][] }[];
	tail?: number[];
};

function forge({ sections = [], deletions = [], tail = [] }: Forged): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, sections.length);
		for (const { client, clock, structs } of sections) {
			for (const value of [structs.length, client, clock]) encoding.writeVarUint(encoder, value);
			for (const struct of structs) forgeStruct(encoder, struct);
		}
		encoding.writeVarUint(encoder, deletions.length);
		for (const { client, ranges } of deletions) {
			for (const value of [client, ranges.length, ...ranges.flat()]) encoding.writeVarUint(encoder, value);
		}
		for (const byte of tail) encoding.writeUint8(encoder, byte);
	});
}

function forgeStruct(encoder: encoding.Encoder, struct: ForgedStruct): void {
	const { origin, rightOrigin } = struct;
	const content = struct.deleted === undefined ? 4 : 1;
	const flags = (origin === undefined ? 0 : 0x80) | (rightOrigin === undefined ? 0 : 0x40);
	encoding.writeUint8(encoder, (struct.info ?? content) | flags);
	for (const value of [...(origin ?? []), ...(rightOrigin ?? [])]) encoding.writeVarUint(encoder, value);
	if (origin === undefined && rightOrigin === undefined) {
		encoding.writeVarUint(encoder, struct.parentInfo ?? 1);
		encoding.writeVarString(encoder, struct.root ?? 'dream');
	}
	if (struct.raw !== undefined) struct.raw(encoder);
	else if (struct.deleted === undefined) encoding.writeVarString(encoder, struct.text ?? 'x');
	else encoding.writeVarUint(encoder, struct.deleted);
}

function annas(...structs: ForgedStruct[]): Forged {
	return { sections: [{ client: annaId, clock: 0, structs }] };
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

describe('what the gate refuses', () => {
	const refusals: [rule: string, code: string, forged: Forged][] = [
		['G1: bytes after the end', 'malformed', { tail: [0] }],
		['G1: a garbage-collected struct', 'malformed', annas({ info: 0 })],
		['G1: a skip', 'malformed', annas({ info: 10, raw: (encoder) => encoding.writeVarUint(encoder, 1) })],
		['G1: JSON', 'malformed', annas({ info: 2, raw: (encoder) => encoding.writeVarUint(encoder, 1) })],
		[
			'G1: binary',
			'malformed',
			annas({ info: 3, raw: (encoder) => encoding.writeVarUint8Array(encoder, Uint8Array.of(1)) }),
		],
		['G1: an embed', 'malformed', annas({ info: 5, raw: (encoder) => encoding.writeVarString(encoder, '{}') })],
		['G1: a format', 'malformed', annas({ info: 6, raw: (encoder) => encoding.writeVarString(encoder, 'bold') })],
		['G1: a nested type', 'malformed', annas({ info: 7, raw: (encoder) => encoding.writeVarUint(encoder, 2) })],
		['G1: any', 'malformed', annas({ info: 8, raw: (encoder) => encoding.writeVarUint(encoder, 1) })],
		['G1: a subdocument', 'malformed', annas({ info: 9, raw: (encoder) => encoding.writeVarString(encoder, 'guid') })],
		['G1: a map entry', 'malformed', annas({ info: 4 | 0x20 })],
		['G1: a parent that is no root', 'malformed', annas({ parentInfo: 0 })],
		[
			'G1: a string that is not UTF-8',
			'malformed',
			annas({ raw: (encoder) => encoding.writeVarUint8Array(encoder, Uint8Array.of(0xed, 0xa0, 0x80)) }),
		],
		[
			'G1: a clock past 2^53',
			'malformed',
			annas({ info: 1, raw: (encoder) => encoding.writeUint8Array(encoder, new Uint8Array(9).fill(0xff)) }),
		],
		['G3: a section without structs', 'emptySection', annas()],
		[
			'G3: two sections of one client',
			'repeatedSection',
			{
				sections: [
					...(annas({ text: 'a' }).sections ?? []),
					{ client: annaId, clock: 1, structs: [{ origin: [annaId, 0] }] },
				],
			},
		],
		['G3: a client without delete ranges', 'emptySection', { deletions: [{ client: paulId, ranges: [] }] }],
		[
			'G3: two lists of ranges of one client',
			'repeatedSection',
			{
				deletions: [
					{ client: paulId, ranges: [[0, 1]] },
					{ client: paulId, ranges: [[0, 1]] },
				],
			},
		],
		['G4: an empty string', 'emptyStruct', annas({ text: '' })],
		['G4: a deleted run of no length', 'emptyStruct', annas({ deleted: 0 })],
		['G4: a range of no length', 'emptyStruct', { deletions: [{ client: paulId, ranges: [[1, 0]] }] }],
		['G4: a deleted run that is too long', 'deletedRunTooLong', annas({ deleted: gateLimits.deletedRunUnits + 1 })],
		[
			'G6: a struct of another writer',
			'foreignStruct',
			{ sections: [{ client: paulId, clock: 8, structs: [{ origin: [paulId, 7] }] }] },
		],
		['G6: a struct of a client nobody knows', 'foreignStruct', { sections: [{ client: 99, clock: 0, structs: [{}] }] }],
		[
			'G6: half a struct of another writer',
			'foreignStruct',
			{ sections: [{ client: paulId, clock: 6, structs: [{ root: 'dream', text: 'abc' }] }] },
		],
		['G8: a root that is no heading', 'unknownRoot', annas({ root: 'notes' })],
		['G9: an origin in the future of another', 'unknownOrigin', annas({ origin: [paulId, 8] })],
		['G9: an origin of a client nobody knows', 'unknownOrigin', annas({ origin: [99, 0] })],
		['G9: itself as origin', 'unknownOrigin', annas({ origin: [annaId, 0] })],
		['G9: its own future as right origin', 'unknownOrigin', annas({ text: 'a' }, { rightOrigin: [annaId, 5] })],
		[
			'G10: origins in two texts',
			'originsApart',
			annas({ root: 'dream' }, { origin: [annaId, 0], rightOrigin: [paulId, 0] }),
		],
		['G11: an origin inside a surrogate pair', 'insideSurrogatePair', annas({ origin: [paulId, 6] })],
		['G11: a right origin inside a surrogate pair', 'insideSurrogatePair', annas({ rightOrigin: [paulId, 7] })],
		[
			'G11: an origin inside a pair that is new itself',
			'insideSurrogatePair',
			annas({ text: '😀' }, { origin: [annaId, 0] }),
		],
		[
			'G11: a deletion that begins inside a pair',
			'insideSurrogatePair',
			{ deletions: [{ client: paulId, ranges: [[7, 1]] }] },
		],
		[
			'G11: a deletion that ends inside a pair',
			'insideSurrogatePair',
			{ deletions: [{ client: paulId, ranges: [[0, 7]] }] },
		],
		[
			'G11: a deletion inside a pair that is new itself',
			'insideSurrogatePair',
			{ ...annas({ text: '😀' }), deletions: [{ client: annaId, ranges: [[1, 1]] }] },
		],
		['G12: a NUL', 'unreadableText', annas({ text: 'a\0b' })],
		['G12: a carriage return', 'unreadableText', annas({ text: 'a\r\nb' })],
		['G13: more text than a heading holds', 'textTooLong', annas({ text: 'x'.repeat(gateLimits.textUnits + 1) })],
		[
			'G13: more text in several structs',
			'textTooLong',
			annas({ text: 'x'.repeat(gateLimits.textUnits) }, { origin: [annaId, 0] }),
		],
		['G14: a deletion of what is not there yet', 'futureDelete', { deletions: [{ client: paulId, ranges: [[0, 9]] }] }],
		['G14: a deletion at a client nobody knows', 'futureDelete', { deletions: [{ client: 99, ranges: [[0, 1]] }] }],
	];

	it.each(refusals)('%s', (_rule, code, forged) => {
		const { server } = scene();
		const before = Y.encodeStateAsUpdate(server);
		expect(submit(server, forge(forged))).toEqual({ verdict: 'refuse', code });
		expect(Y.encodeStateAsUpdate(server)).toEqual(before);
	});

	it('G2: an update that is too large', () => {
		const { server } = scene();
		expect(check(new Uint8Array(gateLimits.updateBytes + 1), server, anna)).toEqual({
			verdict: 'refuse',
			code: 'tooLarge',
		});
	});

	it('G1: a struct that ends early, at every byte', () => {
		const { server } = scene();
		const whole = forge(annas({ text: 'abc' }, { origin: [annaId, 1], rightOrigin: [annaId, 2], text: 'é' }));
		for (let length = 0; length < whole.length; length += 1) {
			expect(check(whole.subarray(0, length), server, anna)).toEqual({ verdict: 'refuse', code: 'malformed' });
		}
	});

	it('G1: an integer that never ends, in the place of a clock', () => {
		const { server } = scene();
		submit(server, forge(annas({ text: 'a' })));
		const endless = [...new Array<number>(200).fill(0x80), 0];
		const forged = Uint8Array.of(1, 1, annaId, ...endless, 0x04, 1, 5, ...Buffer.from('dream'), 1, 0x78, 0);
		expect(submit(server, forged)).toEqual({ verdict: 'refuse', code: 'malformed' });
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
