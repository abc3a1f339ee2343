import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

import type { GateRefusal } from '../text-gate.ts';
import { emptyDocument, forge, type ForgedStruct, type ForgedUpdate } from './forge.ts';

export const annaId = 11;
export const paulId = 22;

/** One update of Anna's, what the gate says to it, and the texts that are there afterwards if it is taken. */
export type GateCase = {
	/** Begins with the rule's number. */
	readonly name: string;
	readonly document: () => Y.Doc;
	readonly update: Uint8Array;
	readonly verdict: 'accept' | 'known' | 'resync' | 'throws' | GateRefusal;
	readonly texts?: readonly [challenge: string, dream: string];
};

/** The server's document with «Hello 😀» by Paul under the first heading (clocks 0 to 7). */
export function paulsHello(): Y.Doc {
	const server = emptyDocument(1);
	write(server, paulId, (paul) => paul.getText('challenge').insert(0, 'Hello 😀'));
	return server;
}

/** Lets a client edit the server's document. */
function write(server: Y.Doc, clientId: number, edit: (replica: Y.Doc) => void): void {
	const replica = emptyDocument(clientId);
	Y.applyUpdate(replica, Y.encodeStateAsUpdate(server));
	edit(replica);
	Y.applyUpdate(server, Y.encodeStateAsUpdate(replica, Y.encodeStateVector(server)));
}

/** Paul's hello, and this text by Anna under the second heading. */
function annaWrote(text: string): () => Y.Doc {
	return () => {
		const server = paulsHello();
		write(server, annaId, (anna) => anna.getText('dream').insert(0, text));
		return server;
	};
}

function paulWrote(text: string): () => Y.Doc {
	return () => {
		const server = emptyDocument(1);
		write(server, paulId, (paul) => paul.getText('challenge').insert(0, text));
		return server;
	};
}

function paulWroteTwice(): Y.Doc {
	const server = emptyDocument(1);
	write(server, paulId, (paul) => {
		paul.getText('challenge').insert(0, 'ab');
		paul.getText('dream').insert(0, '😀');
	});
	return server;
}

function broken(): Y.Doc {
	return Object.assign(emptyDocument(1), { share: null });
}

/** Anna has written the beginning of what she writes before Paul's hello. */
function annaBegan(): Y.Doc {
	const server = paulsHello();
	write(server, annaId, (anna) => anna.getText('challenge').insert(0, 'Oh'));
	return server;
}

/** Units of Paul's, each before the one that he wrote before: whoever comes late passes them all. */
function crowd(size: number): Y.Doc {
	const server = emptyDocument(1);
	const structs = Array.from({ length: size }, (_, clock): ForgedStruct =>
		clock === 0 ? { text: 'y' } : { text: 'y', rightOrigin: [paulId, clock - 1] },
	);
	Y.applyUpdate(server, forge({ sections: [{ client: paulId, clock: 0, structs }] }));
	return server;
}

/** Units of two others in turn, each after the one before, so that no two become one item. */
function turns(size: number, first: ForgedStruct, rightOrigin?: readonly [number, number]): Uint8Array {
	const unit = (index: number) => [33 + (index % 2), Math.floor(index / 2)] as const;
	const structs = Array.from({ length: size }, (_, index): ForgedStruct => {
		if (index === 0) return { text: 'y', ...first };
		return { text: 'y', origin: unit(index - 1), ...(rightOrigin === undefined ? {} : { rightOrigin }) };
	});
	const sections = [0, 1].map((turn) => ({
		client: 33 + turn,
		clock: 0,
		structs: structs.filter((_, index) => index % 2 === turn),
	}));
	return forge({ sections });
}

/** `k` by Paul and `r` by client 50, and between them, as it falls out, the chain of two others who saw neither. */
function chain(size: number): Y.Doc {
	const server = emptyDocument(1);
	for (const [client, text] of [[paulId, 'k'] as const, [50, 'r'] as const])
		Y.applyUpdate(server, forge({ sections: [{ client, clock: 0, structs: [{ text }] }] }));
	Y.applyUpdate(server, turns(size, {}));
	return server;
}

/** `lr` by Paul, with a chain of others between them. */
function filled(size: number): Y.Doc {
	const server = emptyDocument(1);
	Y.applyUpdate(server, forge({ sections: [{ client: paulId, clock: 0, structs: [{ text: 'lr' }] }] }));
	const rightOrigin = [paulId, 1] as const;
	Y.applyUpdate(server, turns(size, { origin: [paulId, 0], rightOrigin }, rightOrigin));
	return server;
}

/** As in the middle of a transaction: what is deleted still holds its text. */
function deletedButKept(): Y.Doc {
	const server = paulsHello();
	server.gc = false;
	write(server, 44, (other) => other.getText('challenge').delete(0, 8));
	return server;
}

/** What no gate let in: a map entry (33, 0), a nested type (33, 1), what is left of its entry (33, 2), an embed (34, 0). */
function withForeignShapes(): Y.Doc {
	const server = paulsHello();
	const other = new Y.Doc();
	other.clientID = 33;
	other.getMap('votes').set('anna', 1);
	other.getArray('list').insert(0, [new Y.Map([['key', 'value']])]);
	other.getArray('list').delete(0, 1);
	write(server, 34, (replica) => replica.getText('challenge').insertEmbed(0, { image: 'x' }));
	server.getMap('votes');
	server.getArray('list');
	Y.applyUpdate(server, Y.encodeStateAsUpdate(other));
	return server;
}

export function annas(...structs: ForgedStruct[]): ForgedUpdate {
	return annasFrom(0, ...structs);
}

export function annasFrom(clock: number, ...structs: ForgedStruct[]): ForgedUpdate {
	return { sections: [{ client: annaId, clock, structs }] };
}

function deletes(client: number, ...ranges: [clock: number, length: number][]): ForgedUpdate {
	return { deletions: [{ client, ranges }] };
}

/** A string's bytes in place of the string. */
function rawString(...bytes: number[]): Pick<ForgedStruct, 'raw'> {
	return { raw: (encoder) => encoding.writeVarUint8Array(encoder, Uint8Array.from(bytes)) };
}

function rawBytes(...bytes: number[]): Pick<ForgedStruct, 'raw'> {
	return { raw: (encoder) => encoding.writeUint8Array(encoder, Uint8Array.from(bytes)) };
}

type Verdict = GateCase['verdict'];
type Texts = GateCase['texts'];
type Listed = readonly [name: string, verdict: Verdict, update: ForgedUpdate | Uint8Array, texts?: Texts];

function cases(document: () => Y.Doc, listed: readonly Listed[]): GateCase[] {
	return listed.map(([name, verdict, update, texts]) => ({
		name,
		document,
		verdict,
		update: update instanceof Uint8Array ? update : forge(update),
		...(texts === undefined ? {} : { texts }),
	}));
}

const ten = Array.from({ length: 10 }, (_, digit) => String(digit));
/** The pairs of which the second half is the first and the last of its kind. */
const [firstPair, lastPair] = ['\u{10000}', '\u{103ff}'];
/** One range over and over, so that the update has exactly the greatest size: 6 bytes and 2 a range. */
const manyRanges = Array.from({ length: 131_069 }, () => [0, 1] as const);

const bytes: readonly Listed[] = [
	['G1: bytes after the end', 'malformed', { tail: [0] }],
	['G1: nothing at all', 'malformed', new Uint8Array()],
	...[0, 2, 3, 5, 6, 7, 8, 9, 10, 11, 31].map((type): Listed => [
		`G1: content of type ${type}`,
		'malformed',
		annas({ info: type, ...rawBytes(1) }),
	]),
	['G1: a map entry', 'malformed', annas({ info: 4 | 0x20 })],
	['G1: a map entry beside another', 'malformed', annas({ info: 4 | 0x20, origin: [paulId, 0] })],
	['G1: a parent by id', 'malformed', annas({ parentInfo: 0 })],
	['G1: a parent of no kind', 'malformed', annas({ parentInfo: 2 })],
	['G1: half a pair as bytes', 'malformed', annas(rawString(0xed, 0xa0, 0x80))],
	['G1: a string past the end', 'malformed', Uint8Array.of(1, 1, annaId, 0, 0x84, paulId, 0, 9, 0x78, 0)],
	['G1: no sections where one was announced', 'malformed', Uint8Array.of(1)],
	['G1: fewer ranges than announced', 'malformed', Uint8Array.of(0, 1, paulId, 2, 0, 1)],
	['G1: a string cut off by its last byte', 'malformed', Uint8Array.of(1, 1, annaId, 0, 0x84, paulId, 7, 2, 0x78)],
	['G1: an integer past 2^53', 'malformed', annas({ info: 1, ...rawBytes(...new Array<number>(8).fill(0xff), 0) })],
	['G1: 2^53', 'malformed', annas({ info: 1, ...rawBytes(...new Array<number>(7).fill(0x80), 0x10) })],
	['G1: 2^53 - 1', 'deletedRunTooLong', annas({ info: 1, ...rawBytes(...new Array<number>(7).fill(0xff), 0x0f) })],
	[
		'G1: an integer without end',
		'malformed',
		Uint8Array.of(1, 1, annaId, ...new Array<number>(200).fill(0x80), 0, 0x84, paulId, 7, 1, 0x78, 0),
	],
	['G1: a zero in nine bytes', 'malformed', Uint8Array.of(...new Array<number>(8).fill(0x80), 0, 0)],
	['G1: a zero in eight bytes', 'known', Uint8Array.of(...new Array<number>(7).fill(0x80), 0, 0)],
	['G1: a byte order mark stays', 'accept', annas({ text: '\uFEFFa' }), ['Hello 😀', '\uFEFFa']],
	['G2: as large as may be', 'accept', { deletions: [{ client: paulId, ranges: manyRanges }] }, ['ello 😀', '']],
	['G2: one byte more', 'tooLarge', { deletions: [{ client: paulId, ranges: manyRanges }], tail: [0] }],
];

const shapes: readonly Listed[] = [
	['G3: a section without structs', 'emptySection', annas()],
	[
		'G3: two sections of one client',
		'repeatedSection',
		{ sections: [...(annas({}).sections ?? []), ...(annasFrom(1, { origin: [annaId, 0] }).sections ?? [])] },
	],
	[
		'G3: two sections of another, of what is known',
		'repeatedSection',
		{ sections: [0, 4].map((clock) => ({ client: paulId, clock, structs: [{ text: 'Hell' }] })) },
	],
	['G3: a client without delete ranges', 'emptySection', deletes(paulId)],
	[
		'G3: two lists of ranges of one client',
		'repeatedSection',
		{ deletions: [...(deletes(paulId, [0, 1]).deletions ?? []), ...(deletes(paulId, [2, 1]).deletions ?? [])] },
	],
	['G4: an empty string', 'emptyStruct', annas({ text: '' })],
	[
		'G4: an empty string of what is known',
		'emptyStruct',
		{ sections: [{ client: paulId, clock: 0, structs: [{ text: '' }] }] },
	],
	['G4: a deleted run of no length', 'emptyStruct', annas({ deleted: 0 })],
	['G4: a range of no length', 'emptyStruct', deletes(paulId, [1, 0])],
	['G4: the longest deleted run', 'accept', annas({ deleted: 200_000 }), ['Hello 😀', '']],
	['G4: a deleted run that is too long', 'deletedRunTooLong', annas({ deleted: 200_001 })],
	['G5: nothing', 'known', {}],
	[
		'G5: other content in what is known',
		'known',
		{ sections: [{ client: paulId, clock: 0, structs: [{ root: 'challenge', text: 'Adieu123' }] }] },
	],
	[
		'G5: what is known, and something new',
		'accept',
		{
			sections: [
				{ client: paulId, clock: 2, structs: [{ origin: [9, 9], text: 'abc' }] },
				...(annas({}).sections ?? []),
			],
		},
		['Hello 😀', 'x'],
	],
	[
		'G6: a struct of another writer',
		'foreignStruct',
		{ sections: [{ client: paulId, clock: 8, structs: [{ origin: [paulId, 7] }] }] },
	],
	[
		'G6: one of another writer, after a gap',
		'foreignStruct',
		{ sections: [{ client: paulId, clock: 9, structs: [{ origin: [paulId, 7] }] }] },
	],
	['G6: a struct of a client nobody knows', 'foreignStruct', { sections: [{ client: 99, clock: 0, structs: [{}] }] }],
	[
		'G6: half a struct of another writer',
		'foreignStruct',
		{ sections: [{ client: paulId, clock: 6, structs: [{ text: 'abc' }] }] },
	],
	['G7: a gap in the writer’s own clock', 'resync', annasFrom(1, { origin: [paulId, 7] })],
	['G7: a deletion of what the writer typed before', 'resync', deletes(annaId, [0, 1])],
	['G7: a deletion that reaches past what is new', 'resync', { ...annas({ text: 'ab' }), ...deletes(annaId, [1, 2]) }],
	[
		'G7: a deletion up to the end of what is new',
		'accept',
		{ ...annas({ text: 'ab' }), ...deletes(annaId, [1, 1]) },
		['Hello 😀', 'a'],
	],
];

const places: readonly Listed[] = [
	[
		'G11: a deletion of the first half of what is new',
		'insideSurrogatePair',
		{ ...annas({ text: '😀' }), ...deletes(annaId, [0, 1]) },
	],
	[
		'G11: a deletion in a later struct',
		'insideSurrogatePair',
		{ ...annas({ text: 'a' }, { text: '😀', origin: [annaId, 0] }), ...deletes(annaId, [2, 1]) },
	],
	[
		'G11: an origin in a later struct',
		'insideSurrogatePair',
		annas({ text: 'a' }, { text: '😀', origin: [annaId, 0] }, { origin: [annaId, 1] }),
	],
	['G9: an origin behind the end of what is new', 'unknownOrigin', annas({ text: 'ab' }, { origin: [annaId, 2] })],
	['G14: ranges that overlap', 'accept', deletes(paulId, [1, 2], [2, 2]), ['Ho 😀', '']],
	['G14: ranges that touch', 'accept', deletes(paulId, [1, 2], [3, 1]), ['Ho 😀', '']],
	['G14: a long range before a short one inside it', 'accept', deletes(paulId, [1, 3], [2, 1]), ['Ho 😀', '']],
	['G8: a root that is no heading', 'unknownRoot', annas({ root: 'notes' })],
	['G8: a root by name', 'accept', annas({ root: 'challenge', text: 'A' }), ['AHello 😀', '']],
	[
		'G9: in the middle of a text',
		'accept',
		annas({ origin: [paulId, 4], rightOrigin: [paulId, 5], text: ',' }),
		['Hello, 😀', ''],
	],
	['G9: behind the end', 'accept', annas({ origin: [paulId, 7], text: '!' }), ['Hello 😀!', '']],
	['G9: before the beginning', 'accept', annas({ rightOrigin: [paulId, 0], text: '!' }), ['!Hello 😀', '']],
	['G9: an origin in the future of another', 'unknownOrigin', annas({ origin: [paulId, 8] })],
	['G9: a right origin in the future of another', 'unknownOrigin', annas({ rightOrigin: [paulId, 8] })],
	['G9: an origin of a client nobody knows', 'unknownOrigin', annas({ origin: [99, 0] })],
	['G9: itself as origin', 'unknownOrigin', annas({ origin: [annaId, 0] })],
	['G9: its own future as right origin', 'unknownOrigin', annas({ text: 'a' }, { rightOrigin: [annaId, 5] })],
	[
		'G9: each of ten that came before in the same update',
		'accept',
		annas(
			...ten.map((text, clock): ForgedStruct => (clock === 0 ? { text } : { text, rightOrigin: [annaId, clock - 1] })),
		),
		['Hello 😀', '9876543210'],
	],
	[
		'G9: each of several in both texts that came before in the same update',
		'accept',
		annas(
			{ text: 'ab' },
			{ text: 'cd', rightOrigin: [paulId, 0] },
			{ text: 'ef', rightOrigin: [annaId, 0] },
			{ text: 'gh', origin: [annaId, 3], rightOrigin: [paulId, 0] },
			{ text: 'ij', origin: [annaId, 1] },
			{ text: 'kl', origin: [paulId, 4], rightOrigin: [paulId, 5] },
			{ text: 'mn', origin: [annaId, 9] },
			{ text: 'op', origin: [paulId, 4], rightOrigin: [annaId, 10] },
			{ text: 'qr', origin: [annaId, 11], rightOrigin: [paulId, 5] },
			{ text: 'st', origin: [annaId, 7], rightOrigin: [paulId, 0] },
			{ text: 'uv', origin: [annaId, 2], rightOrigin: [annaId, 3] },
		),
		['cuvdghstHelloopklqr 😀', 'efabijmn'],
	],
	[
		'G9: an origin in what was deleted unseen',
		'accept',
		annas({ deleted: 3 }, { origin: [annaId, 1], rightOrigin: [annaId, 2] }),
		['Hello 😀', 'x'],
	],
	['G10: origins in two texts', 'originsApart', annas({}, { origin: [annaId, 0], rightOrigin: [paulId, 0] })],
	[
		'G10: origins in two texts, the other way round',
		'originsApart',
		annas({}, { origin: [paulId, 0], rightOrigin: [annaId, 0] }),
	],
	[
		'G15: the right origin left of the left one',
		'originsCrossed',
		annas({ origin: [paulId, 3], rightOrigin: [paulId, 2] }),
	],
	['G15: both origins the same', 'originsCrossed', annas({ origin: [paulId, 3], rightOrigin: [paulId, 3] })],
	[
		'G15: the right origin’s own origin between the two',
		'originsCrossed',
		annas({ origin: [paulId, 0], rightOrigin: [paulId, 5] }),
	],
	[
		'G15: over what came to the beginning in the same update',
		'originsCrossed',
		annas(
			{ rightOrigin: [paulId, 0] },
			{ rightOrigin: [annaId, 0] },
			{ origin: [annaId, 1], rightOrigin: [paulId, 0] },
		),
	],
	[
		'G15: between pieces of an item that was cut behind them before',
		'originsCrossed',
		annas(
			{ origin: [paulId, 3], rightOrigin: [paulId, 4] },
			{ origin: [paulId, 1], rightOrigin: [paulId, 2] },
			{ origin: [paulId, 4], rightOrigin: [paulId, 3] },
		),
	],
	[
		'G15: behind pieces of an item that was cut before them',
		'accept',
		annas(
			{ origin: [paulId, 3], rightOrigin: [paulId, 4] },
			{ origin: [paulId, 1], rightOrigin: [paulId, 2] },
			{ origin: [paulId, 4], rightOrigin: [paulId, 5], text: 'y' },
		),
		['Hexllxoy 😀', ''],
	],
	['G15: the beginning and something that has a left origin', 'originsCrossed', annas({ rightOrigin: [paulId, 3] })],
	[
		'G15: crossed by what came before in the same update',
		'originsCrossed',
		annas({ text: 'ab', root: 'challenge' }, { origin: [paulId, 0], rightOrigin: [annaId, 1] }),
	],
	['G11: an origin inside a surrogate pair', 'insideSurrogatePair', annas({ origin: [paulId, 6] })],
	['G11: a right origin inside a surrogate pair', 'insideSurrogatePair', annas({ rightOrigin: [paulId, 7] })],
	['G11: before a pair', 'accept', annas({ origin: [paulId, 5], rightOrigin: [paulId, 6] }), ['Hello x😀', '']],
	[
		'G11: an origin inside a pair that is new itself',
		'insideSurrogatePair',
		annas({ text: '😀' }, { origin: [annaId, 0] }),
	],
	[
		'G11: a right origin inside a pair that is new itself',
		'insideSurrogatePair',
		annas({ text: 'a😀' }, { rightOrigin: [annaId, 2] }),
	],
	[
		'G11: round a pair that is new itself',
		'accept',
		annas({ text: '😀' }, { origin: [annaId, 1] }, { rightOrigin: [annaId, 0] }),
		['Hello 😀', 'x😀x'],
	],
	['G11: a deletion that begins inside a pair', 'insideSurrogatePair', deletes(paulId, [7, 1])],
	['G11: a deletion that ends inside a pair', 'insideSurrogatePair', deletes(paulId, [0, 7])],
	['G11: a deletion of a pair', 'accept', deletes(paulId, [6, 2]), ['Hello ', '']],
	['G11: a deletion before a pair', 'accept', deletes(paulId, [5, 1]), ['Hello😀', '']],
	[
		'G11: a deletion that begins inside a pair that is new',
		'insideSurrogatePair',
		{ ...annas({ text: 'a😀' }), ...deletes(annaId, [2, 1]) },
	],
	[
		'G11: a deletion that ends inside a pair that is new',
		'insideSurrogatePair',
		{ ...annas({ text: 'a😀' }), ...deletes(annaId, [0, 2]) },
	],
	[
		'G11: a deletion of a pair that is new',
		'accept',
		{ ...annas({ text: 'a😀b' }), ...deletes(annaId, [1, 2]) },
		['Hello 😀', 'ab'],
	],
	['G12: a NUL', 'unreadableText', annas({ text: 'a\0b' })],
	['G12: a carriage return', 'unreadableText', annas({ text: 'a\r\nb' })],
	['G12: a line break', 'accept', annas({ text: 'a\nb' }), ['Hello 😀', 'a\nb']],
	[
		'G13: as much text as a heading holds',
		'accept',
		annas({ text: 'x'.repeat(40_000) }),
		['Hello 😀', 'x'.repeat(40_000)],
	],
	['G13: more text than a heading holds', 'textTooLong', annas({ text: 'x'.repeat(40_001) })],
	['G13: more text in several structs', 'textTooLong', annas({ text: 'x'.repeat(40_000) }, { origin: [annaId, 0] })],
	[
		'G13: as much as is left beside another’s',
		'accept',
		annas({ root: 'challenge', text: 'x'.repeat(39_992) }),
		[`${'x'.repeat(39_992)}Hello 😀`, ''],
	],
	['G13: more than is left beside another’s', 'textTooLong', annas({ root: 'challenge', text: 'x'.repeat(39_993) })],
	[
		'G13: each heading for itself',
		'accept',
		annas({ text: 'x'.repeat(30_000) }, { rightOrigin: [paulId, 0], text: 'y'.repeat(30_000) }),
		[`${'y'.repeat(30_000)}Hello 😀`, 'x'.repeat(30_000)],
	],
	['G14: a deletion of what is not there yet', 'futureDelete', deletes(paulId, [0, 9])],
	['G14: a deletion at a client nobody knows', 'futureDelete', deletes(99, [0, 1])],
	['G14: everything, up to the last unit', 'accept', deletes(paulId, [0, 8]), ['', '']],
	[
		'G14: ranges in disorder, one inside another, and one apart',
		'accept',
		deletes(paulId, [4, 1], [1, 1], [0, 3], [2, 1]),
		['l 😀', ''],
	],
	[
		'G14: deletions of two clients',
		'accept',
		{
			...annas({ text: 'abc' }),
			deletions: [...(deletes(annaId, [0, 1]).deletions ?? []), ...(deletes(paulId, [0, 1], [2, 1]).deletions ?? [])],
		},
		['elo 😀', 'bc'],
	],
];

const afterwards: readonly Listed[] = [
	[
		'G9: one that came before, left of another text’s',
		'accept',
		annasFrom(
			2,
			{ text: 'cd', rightOrigin: [annaId, 0] },
			{ text: 'ef', rightOrigin: [paulId, 0] },
			{ text: 'gh', origin: [paulId, 7] },
			{ text: 'ij', origin: [annaId, 3], rightOrigin: [annaId, 0] },
		),
		['efHello 😀gh', 'cdijab'],
	],
	['G5: what is known of the writer’s own', 'known', annas({ text: 'ab' })],
	['G5: the new half of a struct', 'accept', annas({ text: 'abcd' }), ['Hello 😀', 'abcd']],
	['G5: the new half of a deleted run', 'accept', annas({ deleted: 5 }), ['Hello 😀', 'ab']],
	['G7: what follows', 'accept', annasFrom(2, { origin: [annaId, 1], text: 'c' }), ['Hello 😀', 'abc']],
	['G7: a gap after what is known', 'resync', annasFrom(3, { origin: [annaId, 1] })],
	[
		'G9: an origin in one’s own known text',
		'accept',
		annasFrom(2, { origin: [annaId, 0], rightOrigin: [annaId, 1] }),
		['Hello 😀', 'axb'],
	],
	['G10: a half that is known in another text', 'originsApart', annas({ root: 'challenge', text: 'abcd' })],
	['G12: a cut that leaves half a pair', 'unreadableText', annas({ text: 'a😀' })],
	['G14: a deletion in one’s own known text', 'accept', deletes(annaId, [0, 1]), ['Hello 😀', 'b']],
];

const shapesOfOthers: readonly Listed[] = [
	['G9: an origin beside an embed', 'accept', annas({ origin: [34, 0], rightOrigin: [paulId, 0] }), ['xHello 😀', '']],
	['G14: a deletion of what is no item any more', 'accept', deletes(33, [2, 1]), ['Hello 😀', '']],
	['G9: an origin in a map', 'unknownOrigin', annas({ origin: [33, 0] })],
	['G9: an origin in what is no item any more', 'unknownOrigin', annas({ origin: [33, 2] })],
	['G8: a root that is a map', 'unknownRoot', annas({ root: 'votes' })],
];

/** Named attacks, and what honest clients send, by the number of the rule that decides. */
const all: readonly GateCase[] = [
	...cases(paulsHello, [...bytes, ...shapes, ...places]),
	...cases(annaWrote('ab'), afterwards),
	...cases(annaWrote('x'.repeat(10)), [
		[
			'G13: text that was there before counts',
			'textTooLong',
			annasFrom(10, { origin: [annaId, 9], text: 'x'.repeat(39_991) }),
		],
	]),
	...cases(deletedButKept, [
		[
			'G11: inside a pair that is deleted',
			'accept',
			annas({ origin: [paulId, 6], rightOrigin: [paulId, 7] }),
			['x', ''],
		],
		[
			'G13: deleted text does not count',
			'accept',
			annas({ rightOrigin: [paulId, 0], text: 'x'.repeat(40_000) }),
			['x'.repeat(40_000), ''],
		],
	]),
	...cases(paulWrote(firstPair), [
		['G11: inside the first pair of all', 'insideSurrogatePair', annas({ origin: [paulId, 0] })],
	]),
	...cases(paulWrote(lastPair), [
		['G11: inside the last pair of its row', 'insideSurrogatePair', annas({ origin: [paulId, 0] })],
	]),
	...cases(paulWrote('\ue000\ue000'), [
		[
			'G11: between two signs that are no pair',
			'accept',
			annas({ origin: [paulId, 0], rightOrigin: [paulId, 1] }),
			['\ue000x\ue000', ''],
		],
	]),
	...cases(annaWrote('ab😀'), [
		['G11: an origin inside a known pair of one’s own', 'insideSurrogatePair', annasFrom(4, { origin: [annaId, 2] })],
		['G11: a deletion inside a known pair of one’s own', 'insideSurrogatePair', deletes(annaId, [3, 1])],
	]),
	...cases(paulWroteTwice, [
		['G11: inside a pair of a later item', 'insideSurrogatePair', annas({ origin: [paulId, 2] })],
	]),
	...cases(annaBegan, [
		[
			'G5: the new half, before another',
			'accept',
			annas({ text: 'Oh, ', rightOrigin: [paulId, 0] }),
			['Oh, Hello 😀', ''],
		],
		['G15: the new half, before the known one', 'originsCrossed', annas({ text: 'Oh, ', rightOrigin: [annaId, 0] })],
	]),
	...cases(() => crowd(10_000), [['G16: past as many as may be', 'accept', annas({}), ['', `x${'y'.repeat(10_000)}`]]]),
	...cases(
		() => crowd(10_001),
		[
			['G16: past too many', 'placesTangled', annas({})],
			[
				'G16: past as many as may be, up to the right origin',
				'accept',
				annas({ rightOrigin: [paulId, 0] }),
				['', `x${'y'.repeat(10_001)}`],
			],
		],
	),
	...cases(
		() => crowd(5_001),
		[['G16: past too many in two goes', 'placesTangled', annas({}, { rightOrigin: [paulId, 0] })]],
	),
	...cases(
		() => chain(9_999),
		[
			[
				'G16: a long look for the right origin',
				'accept',
				annas({ origin: [paulId, 0], rightOrigin: [50, 0] }),
				['', `kx${'y'.repeat(9_999)}r`],
			],
		],
	),
	...cases(
		() => chain(10_000),
		[
			[
				'G16: too long a look for the right origin',
				'placesTangled',
				annas({ origin: [paulId, 0], rightOrigin: [50, 0] }),
			],
		],
	),
	...cases(
		() => filled(10_001),
		[
			[
				'G16: no look where one was written beside the other',
				'accept',
				annas(
					{ origin: [paulId, 0], rightOrigin: [paulId, 1] },
					{ origin: [annaId, 0], rightOrigin: [paulId, 1], text: 'z' },
				),
				['', `lxz${'y'.repeat(10_001)}r`],
			],
		],
	),
	...cases(withForeignShapes, shapesOfOthers),
	...cases(broken, [['a fault of the server’s own is no refusal', 'throws', annas({})]]),
];

/** The quick ones first: who looks for a difference finds it sooner. */
export const gateCases: readonly GateCase[] = all.toSorted((a, b) => a.update.length - b.update.length);
