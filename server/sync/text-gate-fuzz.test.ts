import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';

import { check } from './text-gate.ts';

const headings = ['challenge', 'dream'] as const;
const numRuns = Number(process.env.FUZZ_RUNS ?? 300);

function documentOf(clientId: number): Y.Doc {
	const document = new Y.Doc();
	document.clientID = clientId;
	for (const heading of headings) document.getText(heading);
	return document;
}

function textsOf(document: Y.Doc): string[] {
	return headings.map((heading) => document.getText(heading).toJSON());
}

/** A writer at a screen: sends each update while connected, its step 2 when it comes back, and may be slow to read. */
class Writer {
	readonly document: Y.Doc;
	readonly clientId: number;
	readonly outbox: { update: Uint8Array; isStep2: boolean }[] = [];
	readonly inbox: Uint8Array[] = [];
	connected = true;

	constructor(clientId: number) {
		this.clientId = clientId;
		this.document = documentOf(clientId);
		this.document.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== 'server' && this.connected) this.outbox.push({ update, isStep2: false });
		});
	}

	read(count: number): void {
		for (const update of this.inbox.splice(0, count)) Y.applyUpdate(this.document, update, 'server');
	}

	sendStep2(server: Y.Doc): void {
		const update = Y.encodeStateAsUpdate(this.document, Y.encodeStateVector(server));
		this.outbox.push({ update, isStep2: true });
	}
}

/** The room's rules without sockets and Postgres. */
class Server {
	readonly document = documentOf(1);
	readonly writers: readonly Writer[];

	constructor(writers: readonly Writer[]) {
		this.writers = writers;
		this.document.on('update', (update: Uint8Array) => {
			for (const writer of writers) if (writer.connected) writer.inbox.push(update);
		});
	}

	take(writer: Writer, count: number): void {
		for (const { update, isStep2 } of writer.outbox.splice(0, count)) {
			const verdict = check(update, this.document, { clientId: writer.clientId });
			if (verdict.verdict === 'accept') Y.applyUpdate(this.document, verdict.bytes);
			else if (verdict.verdict === 'resync' && !isStep2) writer.sendStep2(this.document);
			else expect(verdict.verdict).toBe('known');
			expect(this.document.store.pendingStructs).toBeNull();
			expect(this.document.store.pendingDs).toBeNull();
		}
	}

	disconnect(writer: Writer): void {
		writer.connected = false;
		writer.outbox.length = 0;
		writer.inbox.length = 0;
	}

	connect(writer: Writer): void {
		if (writer.connected) return;
		writer.connected = true;
		writer.inbox.push(Y.encodeStateAsUpdate(this.document, Y.encodeStateVector(writer.document)));
		writer.sendStep2(this.document);
	}
}

const writerIndex = fc.nat(2);
const typed = fc.oneof(
	fc.constantFrom('a', 'ë', '😀', '\n', 'ab😀c', '👩‍🌾'),
	fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const action = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			do: fc.constant('insert' as const),
			writer: writerIndex,
			at: fc.nat(),
			heading: fc.nat(1),
			text: typed,
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			do: fc.constant('delete' as const),
			writer: writerIndex,
			at: fc.nat(),
			heading: fc.nat(1),
			length: fc.nat(6),
		}),
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), writer: writerIndex }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('take' as const), writer: writerIndex, count: fc.nat(4) }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), writer: writerIndex, count: fc.nat(4) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('disconnect' as const), writer: writerIndex }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('connect' as const), writer: writerIndex }) },
);

/** The nearest place at or before `at` that is not inside a surrogate pair: where an editor's cursor can be. */
function placeIn(text: string, at: number): number {
	const index = at % (text.length + 1);
	return (text.charCodeAt(index) & 0xfc00) === 0xdc00 ? index - 1 : index;
}

function editText(text: Y.Text, edit: { at: number; text?: string; length?: number }): void {
	const present = text.toJSON();
	const start = placeIn(present, edit.at);
	if (edit.text !== undefined) text.insert(start, edit.text.replace(/[\0\r]/g, ''));
	const end = placeIn(present, Math.min(present.length, start + (edit.length ?? 0)));
	if (end > start) text.delete(start, end - start);
}

describe('the text gate, at random', () => {
	it('refuses nothing honest, and everybody ends with the same text', () => {
		fc.assert(
			fc.property(fc.array(action, { maxLength: 120 }), (actions) => {
				const writers = [new Writer(101), new Writer(102), new Writer(103)] as const;
				const server = new Server(writers);
				const undo = writers.map(
					({ document }) =>
						new Y.UndoManager(
							headings.map((heading) => document.getText(heading)),
							{ captureTimeout: 0 },
						),
				);
				for (const step of actions) {
					const writer = writers[step.writer] ?? writers[0];
					if (step.do === 'insert' || step.do === 'delete')
						editText(writer.document.getText(headings[step.heading] ?? 'dream'), step);
					else if (step.do === 'undo') undo[step.writer]?.undo();
					else if (step.do === 'take') server.take(writer, step.count);
					else if (step.do === 'read') writer.read(step.count);
					else server[step.do](writer);
				}
				for (const writer of writers) server.connect(writer);
				while (writers.some(({ outbox, inbox }) => outbox.length + inbox.length > 0)) {
					for (const writer of writers) {
						server.take(writer, Infinity);
						writer.read(Infinity);
					}
				}
				for (const writer of writers) expect(textsOf(writer.document)).toEqual(textsOf(server.document));
			}),
			{ numRuns },
		);
	});

	/** A document with two writers' text, and some honest updates of a third one to spoil. */
	function honestUpdates(): { server: Y.Doc; updates: Uint8Array[] } {
		const writer = new Writer(102);
		const server = new Server([writer]);
		const other = new Writer(101);
		other.document.getText('challenge').insert(0, 'Wéi kënne mir 😀 zesummen?');
		other.document.getText('challenge').delete(2, 3);
		Y.applyUpdate(server.document, Y.encodeStateAsUpdate(other.document));
		writer.read(Infinity);
		writer.document.getText('challenge').insert(4, 'abc');
		server.take(writer, Infinity);
		writer.document.getText('dream').insert(0, 'Ein 🌳 im Dorf');
		writer.document.getText('challenge').delete(1, 4);
		writer.document.getText('challenge').insert(3, 'x');
		const updates = writer.outbox.map(({ update }) => update);
		updates.push(Y.encodeStateAsUpdate(writer.document));
		updates.push(Y.encodeStateAsUpdate(writer.document, Y.encodeStateVector(server.document)));
		return { server: server.document, updates };
	}

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

	/** Everything the document holds, struct by struct, except what the writer itself may add. */
	function structsOfOthers(document: Y.Doc, writer: number): string {
		return JSON.stringify(
			[...document.store.clients]
				.filter(([client]) => client !== writer)
				.map(([client, structs]) => [client, structs.reduce((length, struct) => length + struct.length, 0)]),
		);
	}

	it('never throws on spoilt updates, and what it takes is plain text of the writer', () => {
		fc.assert(
			fc.property(fc.nat(), fc.array(mutation, { minLength: 1, maxLength: 6 }), (choice, mutations) => {
				const { server, updates } = honestUpdates();
				const spoilt = mutations.reduce(mutate, updates[choice % updates.length] ?? new Uint8Array());
				const before = Y.encodeStateAsUpdate(server);
				const others = structsOfOthers(server, 102);
				const verdict = check(spoilt, server, { clientId: 102 });
				expect(Y.encodeStateAsUpdate(server)).toEqual(before);
				if (verdict.verdict !== 'accept') return;

				Y.applyUpdate(server, verdict.bytes);
				expect(server.store.pendingStructs).toBeNull();
				expect(server.store.pendingDs).toBeNull();
				expect(structsOfOthers(server, 102)).toBe(others);
				expect([...server.share.keys()]).toEqual([...headings]);
				for (const text of textsOf(server)) expect(text.isWellFormed() && !text.includes('\uFFFD')).toBe(true);
				for (const structs of server.store.clients.values())
					for (const struct of structs)
						expect(struct instanceof Y.Item && [1, 4].includes(struct.content.getRef())).toBe(true);
				const replica = documentOf(7);
				Y.applyUpdate(replica, Y.encodeStateAsUpdate(server));
				expect(textsOf(replica)).toEqual(textsOf(server));
			}),
			{ numRuns: numRuns * 10 },
		);
	});

	it('never throws on noise', () => {
		const { server } = honestUpdates();
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
				const before = Y.encodeStateAsUpdate(server);
				check(noise, server, { clientId: 102 });
				expect(Y.encodeStateAsUpdate(server)).toEqual(before);
			}),
			{ numRuns: numRuns * 10 },
		);
	});
});
