import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';

import { times } from '#tests/helpers/thoroughness.ts';

import { editText } from './testing/edit-text.ts';
import { emptyDocument, headings, textsOf } from './testing/forge.ts';
import { seed } from './testing/seed.ts';
import { check } from './text-gate.ts';

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
/** Mostly near the beginning or at the end, where people get in each other’s way. */
const at = fc.oneof(fc.nat(3), fc.constant(Infinity), fc.nat());
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
			at,
			heading: fc.nat(1),
			text: typed,
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			do: fc.constant('delete' as const),
			writer: writerIndex,
			at,
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
			fc.property(fc.array(action, { maxLength: 120, size: 'max' }), (actions) => {
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
			{ numRuns: times(300, 5_000), seed },
		);
	});
});
