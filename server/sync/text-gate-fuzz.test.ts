import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';

import { times } from '#tests/helpers/thoroughness.ts';

import { editText } from './testing/edit-text.ts';
import { emptyDocument, headings, textsOf } from './testing/forge.ts';
import { seed } from './testing/seed.ts';
import { check } from './text-gate.ts';

const numRuns = times(300, 5_000);

/** A writer at a screen: sends each update while connected, its step 2 when it comes back, and may be slow to read. */
class Writer {
	readonly document: Y.Doc;
	readonly clientId: number;
	readonly outbox: { update: Uint8Array; isStep2: boolean }[] = [];
	readonly inbox: Uint8Array[] = [];
	connected = true;

	constructor(clientId: number) {
		this.clientId = clientId;
		this.document = emptyDocument(clientId);
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
	readonly document = emptyDocument(1);
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

describe('the text gate, at random', { timeout: 600_000 }, () => {
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
			{ numRuns, seed },
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
				const replica = emptyDocument(7);
				Y.applyUpdate(replica, Y.encodeStateAsUpdate(server));
				expect(textsOf(replica)).toEqual(textsOf(server));
			}),
			{ numRuns: numRuns * 10, seed },
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
			{ numRuns: numRuns * 10, seed },
		);
	});
});
