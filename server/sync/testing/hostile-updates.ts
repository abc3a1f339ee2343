import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

import { emptyDocument, forge, headings, type ForgedStruct } from './forge.ts';

/** The client that attacks; the others have written in the text before. */
export const attackerId = 102;
const others = [101, 103] as const;

/** Texts of three people, some of it deleted, as it lies on the server; the attacker has written there too. */
export const baseState: Uint8Array = (() => {
	const server = emptyDocument(1);
	const edit = (clientId: number, change: (document: Y.Doc) => void) => {
		const replica = emptyDocument(clientId);
		Y.applyUpdate(replica, Y.encodeStateAsUpdate(server));
		change(replica);
		Y.applyUpdate(server, Y.encodeStateAsUpdate(replica));
	};
	edit(101, (document) => document.getText('challenge').insert(0, 'Wéi kënne mir 😀 zesummen?'));
	edit(attackerId, (document) => document.getText('challenge').insert(4, 'abc'));
	edit(103, (document) => document.getText('challenge').delete(2, 9));
	edit(104, (document) => document.getText('dream').insert(0, 'Ein 🌳 im Dorf'));
	return Y.encodeStateAsUpdate(server);
})();

/** What an honest attacker would have to say next. */
const honest: readonly Uint8Array[] = (() => {
	const replica = new Y.Doc();
	Y.applyUpdate(replica, baseState);
	replica.clientID = attackerId;
	const known = Y.encodeStateVector(replica);
	const updates: Uint8Array[] = [];
	replica.on('update', (update: Uint8Array) => updates.push(update));
	replica.getText('dream').insert(3, ' grousse 🌳');
	replica.getText('challenge').delete(1, 4);
	replica.getText('challenge').insert(3, 'x');
	return [...updates, Y.encodeStateAsUpdate(replica), Y.encodeStateAsUpdate(replica, known)];
})();

const mutation = fc.record({
	kind: fc.constantFrom('set', 'flip', 'insert', 'remove', 'cut'),
	at: fc.nat(),
	byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 4, 7, 9, 10, 0x84, 0xc4, 101, 102, 103, 0x7f, 0x80, 0xff)),
});

function mutate(bytes: Uint8Array, { kind, at, byte }: { kind: string; at: number; byte: number }): Uint8Array {
	const copy = [...bytes];
	const index = copy.length === 0 ? 0 : at % copy.length;
	if (kind === 'set') copy[index] = byte;
	else if (kind === 'flip') copy[index] = (copy[index] ?? 0) ^ (1 << (byte % 8));
	else if (kind === 'insert') copy.splice(index, 0, byte);
	else if (kind === 'remove') copy.splice(index, 1);
	else copy.length = index;
	return Uint8Array.from(copy);
}

const spoilt = fc
	.tuple(fc.constantFrom(...honest), fc.array(mutation, { minLength: 1, maxLength: 6 }))
	.map(([update, mutations]) => mutations.reduce(mutate, update));

const clock = fc.oneof(
	{ weight: 8, arbitrary: fc.nat(30) },
	{ weight: 1, arbitrary: fc.constantFrom(3, 200_001, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER) },
);
const text = fc.oneof(
	fc.constantFrom('', 'a', '\0', '\r', '\n', '😀', 'a😀b', '\uFEFF', '\uFFFD', 'x'.repeat(20_001)),
	fc.string({ maxLength: 6, unit: 'binary' }),
);
const root = fc.constantFrom(...headings, ...headings, 'notes', '', '__proto__', 'constructor');
const rawContent = fc.oneof(
	fc.uint8Array({ maxLength: 12 }),
	fc.constantFrom(
		Uint8Array.of(...new Array<number>(12).fill(0x80)),
		Uint8Array.of(...new Array<number>(400).fill(0x80), 0),
		Uint8Array.of(...new Array<number>(9).fill(0xff), 0),
	),
);
const content = fc.oneof(
	{ weight: 12, arbitrary: fc.record({ text }) },
	{ weight: 3, arbitrary: fc.record({ deleted: fc.oneof(fc.nat(20), clock) }) },
	{
		weight: 2,
		arbitrary: fc.record({ info: fc.integer({ min: 0, max: 0x3f }), bytes: rawContent }).map(({ info, bytes }) => ({
			info,
			raw: (encoder: encoding.Encoder) => encoding.writeUint8Array(encoder, bytes),
		})),
	},
);
/** Updates written down by hand, most of them under the forger's clientID. */
export function forgedUpdate(forgerId: number): fc.Arbitrary<Uint8Array> {
	const client = clientBeside(forgerId);
	const id = fc.tuple(client, clock);
	const surroundings = fc.oneof(
		{ weight: 2, arbitrary: fc.record({ root }) },
		{ weight: 1, arbitrary: fc.record({ root, parentInfo: fc.nat(3) }) },
		{ weight: 6, arbitrary: fc.record({ origin: id, rightOrigin: id }, { requiredKeys: ['origin'] }) },
		{ weight: 2, arbitrary: fc.record({ rightOrigin: id }) },
	);
	const struct: fc.Arbitrary<ForgedStruct> = fc
		.tuple(surroundings, content)
		.map(([around, inside]): ForgedStruct => ({ ...around, ...inside }));

	return fc
		.record({
			sections: fc.array(
				fc.record({ client, clock: fc.oneof(fc.constant(3), clock), structs: fc.array(struct, { maxLength: 5 }) }),
				{ maxLength: 3 },
			),
			deletions: fc.array(fc.record({ client, ranges: fc.array(fc.tuple(clock, clock), { maxLength: 4 }) }), {
				maxLength: 2,
			}),
			tail: fc.oneof({ weight: 9, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.constant([0]) }),
		})
		.map(forge);
}

function clientBeside(forgerId: number): fc.Arbitrary<number> {
	return fc.oneof(
		{ weight: 6, arbitrary: fc.constant(forgerId) },
		{ weight: 3, arbitrary: fc.constantFrom(...others, 104) },
		{ weight: 1, arbitrary: fc.constantFrom(0, 1, 7, 2 ** 32 - 1, Number.MAX_SAFE_INTEGER) },
	);
}

/** Everything that Yjs can hold besides plain text, and the other ways to write it down. */
const shapes: readonly ((document: Y.Doc) => void)[] = [
	(document) => document.getMap('votes').set('anna', 1),
	(document) => document.getArray('list').insert(0, [1, 'a', { b: [null] }, new Uint8Array(3)]),
	(document) => document.getArray('list').insert(0, [new Y.Map([['key', 'value']]), new Y.Text('nested')]),
	(document) => document.getMap('docs').set('sub', new Y.Doc()),
	(document) => document.getText('dream').insert(0, 'bold', { bold: true }),
	(document) => document.getText('dream').format(0, 3, { italic: true }),
	(document) => document.getText('dream').insertEmbed(0, { image: 'x' }),
	(document) => document.getText('dream').setAttribute('dir', 'rtl'),
	(document) => document.getXmlFragment('xml').insert(0, [new Y.XmlElement('p')]),
	(document) => document.getText('dream').insert(0, 'x'.repeat(41_000)),
	(document) => document.getText('dream').insert(0, '€'.repeat(39_000)),
	(document) => {
		document.getArray('list').insert(0, [new Y.Array()]);
		document.getArray('list').delete(0, 1);
	},
	(document) => {
		let deep = document.getArray<unknown>('deep');
		for (let level = 0; level < 200; level += 1) {
			const next = new Y.Array<unknown>();
			deep.insert(0, [next]);
			deep = next;
		}
	},
	(document) => {
		for (let place = 0; place < 300; place += 1) document.getText('dream').insert(place % 7, 'y');
	},
];

const foreign = fc
	.record({
		shape: fc.constantFrom(...shapes),
		clientId: clientBeside(attackerId),
		isWhole: fc.boolean(),
		knowsText: fc.boolean(),
		format: fc.constantFrom(1, 1, 1, 2),
		hasSkip: fc.boolean(),
	})
	.map(({ shape, clientId, isWhole, knowsText, format, hasSkip }) => {
		const replica = new Y.Doc();
		if (knowsText) Y.applyUpdate(replica, baseState);
		replica.clientID = clientId;
		const known = Y.encodeStateVector(replica);
		shape(replica);
		const between = Y.encodeStateVector(replica);
		replica.getText('dream').insert(0, 'z');
		const update = Y.encodeStateAsUpdate(replica, isWhole ? undefined : known);
		const skipping = hasSkip ? Y.mergeUpdates([Y.encodeStateAsUpdate(replica, between), honest[0] ?? update]) : update;
		return format === 1 ? skipping : Y.convertUpdateFormatV1ToV2(skipping);
	});

const large = fc
	.record({ length: fc.constantFrom(1_000, 200_000, 262_144, 262_145, 300_000), byte: fc.nat(255) })
	.map(({ length, byte }) => new Uint8Array(length).fill(byte));

/** One update that no honest client sends, or a spoilt one that some might. */
export const hostileUpdate: fc.Arbitrary<Uint8Array> = fc.oneof(
	{ weight: 30, arbitrary: spoilt },
	{ weight: 50, arbitrary: forgedUpdate(attackerId) },
	{ weight: 6, arbitrary: foreign },
	{ weight: 12, arbitrary: fc.uint8Array({ maxLength: 120 }) },
	{ weight: 2, arbitrary: large },
);
