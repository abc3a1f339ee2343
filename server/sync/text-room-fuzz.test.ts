import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';

import { textDigest } from '#lib/protocol/sync-wire.ts';
import { times } from '#tests/helpers/thoroughness.ts';

import { editText } from './testing/edit-text.ts';
import { emptyDocument, headings, textsOf } from './testing/forge.ts';
import { graceMs, ModelServer } from './testing/model-server.ts';
import { ModelWriter } from './testing/model-writer.ts';
import { seed } from './testing/seed.ts';

const writer = fc.nat(2);
const words = fc.oneof(
	fc.constantFrom('a', 'ë', '😀', '\n', 'ab😀c', '👩‍🌾', 'x'.repeat(300)),
	fc.string({ unit: 'grapheme', maxLength: 8 }),
);

type WriterAction = { writer: number } & (
	| { do: 'insert'; heading: number; at: number; text: string }
	| { do: 'delete'; heading: number; at: number; length: number }
	| { do: 'undo'; isRedo: boolean }
	| { do: 'take' | 'read'; count: number }
	| { do: 'disconnect'; arrives: boolean }
	| { do: 'connect' | 'forget' | 'reload' }
);
type ServerAction =
	| { do: 'collect' | 'commit' | 'fail' }
	| { do: 'setRight'; mayWrite: boolean }
	| { do: 'wait'; milliseconds: number }
	| { do: 'crash'; isStored: boolean }
	| { do: 'replace'; heading: number; text: string };
type Action = WriterAction | ServerAction;

/** Mostly near the beginning or at the end, where people get in each other’s way. */
const at = fc.oneof(fc.nat(3), fc.constant(Infinity), fc.nat());
const place = { writer, heading: fc.nat(1), at };
const count = fc.integer({ min: 1, max: 5 });
const action = fc.oneof<fc.MaybeWeightedArbitrary<Action>[]>(
	{ weight: 16, arbitrary: fc.record({ do: fc.constant('insert'), ...place, text: words }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('delete'), ...place, length: fc.nat(6) }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('undo'), writer, isRedo: fc.boolean() }) },
	{ weight: 40, arbitrary: fc.record({ do: fc.constantFrom('take', 'read'), writer, count }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('disconnect'), writer, arrives: fc.boolean() }) },
	{ weight: 16, arbitrary: fc.record({ do: fc.constant('connect'), writer }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constantFrom('forget', 'reload'), writer }) },
	{ weight: 30, arbitrary: fc.record({ do: fc.constantFrom('collect', 'commit') }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('fail') }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('setRight'), mayWrite: fc.constantFrom(false, true, true) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('wait'), milliseconds: fc.constantFrom(500, 4_000) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('crash'), isStored: fc.boolean() }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('replace'), heading: fc.nat(1), text: words }) },
);

/** So many small updates that the next ones are compacted. */
const longHistory: Uint8Array[] = (() => {
	const document = emptyDocument(7);
	const rows: Uint8Array[] = [];
	document.on('update', (update: Uint8Array) => rows.push(update));
	for (let word = 0; word < 200; word += 1) document.getText('dream').insert(0, `${word} `);
	return rows;
})();

const scenario = fc.record({
	isLong: fc.boolean(),
	actions: fc.array(action, { minLength: 10, maxLength: 250, size: 'max' }),
});

/** Scenarios that once went wrong. */
const kept: readonly { name: string; seed: number; path: string }[] = [];

let now = 0;

class Scene {
	readonly server: ModelServer;
	readonly writers: readonly ModelWriter[];

	constructor(isLong: boolean) {
		this.server = new ModelServer(isLong ? longHistory : []);
		this.writers = Array.from({ length: 3 }, () => new ModelWriter(this.server));
	}

	do(action: Action): void {
		if ('writer' in action) {
			const writer = this.writers[action.writer];
			if (writer !== undefined) this.#doFor(writer, action);
			return;
		}
		switch (action.do) {
			case 'setRight':
				return this.server.setRight(action.mayWrite);
			case 'wait':
				now += action.milliseconds;
				return;
			case 'crash':
				return this.server.crash(action.isStored);
			case 'replace':
				void this.server.room.replace({ [headings[action.heading] ?? 'dream']: action.text }).catch(() => undefined);
				return;
			default:
				this.server[action.do]();
		}
	}

	#doFor(writer: ModelWriter, action: WriterAction): void {
		switch (action.do) {
			case 'insert':
			case 'delete':
				writer.edit((document) => editText(document.getText(headings[action.heading] ?? 'dream'), action));
				return;
			case 'undo':
				return writer.undo(action.isRedo);
			case 'take':
				if (writer.line !== null) this.server.take(writer.line, action.count);
				return;
			case 'read':
				return writer.read(action.count);
			case 'disconnect':
				return writer.disconnect(action.arrives);
			default:
				writer[action.do]();
		}
	}

	/** Lets everybody come back, send and read until nothing more is to be said. */
	settle(): void {
		this.server.setRight(true);
		for (let round = 0; round < 8; round += 1) {
			for (const writer of this.writers) {
				writer.read(Infinity);
				writer.connect();
				if (writer.line !== null) this.server.take(writer.line, Infinity);
			}
			this.server.collect();
			this.server.commit();
		}
		for (const writer of this.writers) writer.read(Infinity);
	}

	check(): void {
		const { server, writers } = this;
		expect(server.faults).toEqual([]);
		expect(server.refusals.filter((code) => code !== 'step.notNow')).toEqual([]);
		for (const { document } of writers) {
			expect(textsOf(document)).toEqual(textsOf(server.stored));
			expect(textDigest(document)).toBe(server.room.digest());
			const ours = Y.getState(document.store, document.clientID);
			expect(Y.getState(server.stored.store, document.clientID)).toBe(ours);
		}
	}
}

function play({ isLong, actions }: { isLong: boolean; actions: readonly Action[] }): Scene {
	now = 0;
	const scene = new Scene(isLong);
	try {
		for (const writer of scene.writers) writer.connect();
		for (const step of actions) scene.do(step);
		scene.settle();
		scene.check();
		return scene;
	} finally {
		scene.server.end();
	}
}

describe('honest writers in a room', () => {
	beforeEach(() => {
		vi.spyOn(performance, 'now').mockImplementation(() => now);
	});
	afterEach(() => {
		vi.restoreAllMocks();
	});

	it.each(kept)('$name', ({ seed, path }) => {
		fc.assert(
			fc.property(scenario, (played) => void play(played)),
			{ seed, path, endOnFailure: true },
		);
	});

	it('T1, T2, T6: lose nothing, are refused nothing, and end with the same text', () => {
		let compacted = 0;
		fc.assert(
			fc.property(scenario, (played) => {
				const { server } = play(played);
				if (played.isLong && server.rowCount < 150) compacted += 1;
			}),
			{ numRuns: times(300, 6_000), seed },
		);
		expect(compacted).toBeGreaterThan(10);
	}, 600_000);

	it('T1: are told that a deletion is saved that overtook what they typed without a connection', () => {
		const scene = new Scene(true);
		const [anna] = scene.writers;
		anna?.connect();
		for (const step of [
			{ do: 'take', writer: 0, count: 5 },
			{ do: 'read', writer: 0, count: 5 },
			{ do: 'crash', isStored: false },
			{ do: 'insert', writer: 0, heading: 0, at: 0, text: 'a' },
			{ do: 'connect', writer: 0 },
			{ do: 'delete', writer: 0, heading: 1, at: 0, length: 1 },
			{ do: 'take', writer: 0, count: 5 },
			{ do: 'collect' },
			{ do: 'commit' },
		] as const)
			scene.do(step);
		expect(textsOf(scene.server.stored)[0]).toBe('');
		scene.settle();
		scene.check();
		expect(textsOf(scene.server.stored)[0]).toBe('a');
		scene.server.end();
	});

	it('C3: are refused only what comes after the grace', () => {
		const insert = { do: 'insert', writer: 0, heading: 1, at: 0, text: 'late' } as const;
		const scene = new Scene(false);
		const [anna] = scene.writers;
		const carry = () => {
			for (const { line } of scene.writers) if (line !== null) scene.server.take(line, Infinity);
		};
		anna?.connect();
		carry();
		scene.server.setRight(false);
		scene.do(insert);
		now += graceMs;
		carry();
		scene.server.collect();
		scene.server.commit();
		expect(textsOf(scene.server.stored)).toEqual(['', 'late']);
		scene.do({ ...insert, text: 'too ' });
		now += 1;
		carry();
		anna?.read(Infinity);
		expect(anna?.refusals).toEqual(['step.notNow']);
		scene.settle();
		scene.check();
		scene.server.end();
	});
});
