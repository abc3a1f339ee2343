import { hrtime } from 'node:process';

import * as Y from 'yjs';

import { seededRandom } from '#server/rehearsal/crowd/seeded-random.ts';
import { check } from '#server/sync/text-gate.ts';

import { percentile } from '../percentile.ts';

import { Typist } from './typist.ts';
import { proseOf } from './words.ts';

export type GateUpdate = 'keystroke' | 'paste' | 'step2';

/** Median nanoseconds of the gate's check, and of Yjs applying the same update right after. */
export type GateCost = {
	readonly name: GateUpdate;
	readonly update: string;
	readonly check: number;
	readonly apply: number;
};

const root = 'proposal';
const textLength = 10_000;
const typists = 40;
const pasteLength = 2_000;
/** As long as somebody types in a dead spot. */
const offlineKeystrokes = 300;

type Sample = { readonly check: number; readonly apply: number };

/** Keystrokes, pastes and the step 2 of a writer who was offline, each in a text of 10,000 characters by many hands. */
export function measureGate(keystrokes: number): GateCost[] {
	const repeats = Math.ceil(keystrokes / 40);
	return [
		median('keystroke', 'keystroke', typeMany(keystrokes)),
		median('paste', `paste of ${String(pasteLength)}`, pasteMany(repeats)),
		median('step2', `step 2 of ${String(offlineKeystrokes)} keystrokes`, comeBackMany(repeats)),
	];
}

function median(name: GateUpdate, update: string, samples: readonly Sample[]): GateCost {
	// The first tenth still compiles.
	const warm = samples.slice(Math.floor(samples.length / 10));
	return {
		name,
		update,
		check: percentile(
			warm.map(({ check: time }) => time),
			0.5,
		),
		apply: percentile(
			warm.map(({ apply: time }) => time),
			0.5,
		),
	};
}

function measure(document: Y.Doc, client: number, update: Uint8Array): Sample {
	const start = hrtime.bigint();
	const { verdict } = check(update, document, { clientId: client });
	const checked = hrtime.bigint();
	Y.applyUpdate(document, update);
	const applied = hrtime.bigint();
	if (verdict !== 'accept') throw new Error(`The gate said ${verdict}`);
	return { check: Number(checked - start), apply: Number(applied - checked) };
}

function typeMany(times: number): Sample[] {
	const { document, writers } = writtenText();
	return Array.from({ length: times }, (_, index) => {
		const writer = writerOf(writers, index);
		const sample = measure(document, writer.client, writer.press().update);
		if (index % typists === 0) shorten(document);
		return sample;
	});
}

function pasteMany(times: number): Sample[] {
	const { document, writers } = writtenText();
	const text = proseOf(pasteLength);
	return Array.from({ length: times }, (_, index) => {
		const writer = writerOf(writers, index);
		const sample = measure(document, writer.client, writer.paste(text));
		shorten(document);
		return sample;
	});
}

function comeBackMany(times: number): Sample[] {
	const { document, writers } = writtenText();
	const offline = new Y.Doc();
	return Array.from({ length: times }, (_, index) => {
		const writer = writerOf(writers, index);
		Y.applyUpdate(offline, Y.encodeStateAsUpdate(document, Y.encodeStateVector(offline)));
		for (let pressed = 0; pressed < offlineKeystrokes; pressed += 1) Y.applyUpdate(offline, writer.press().update);
		const step2 = Y.encodeStateAsUpdate(offline, Y.encodeStateVector(document));
		const sample = measure(document, writer.client, step2);
		shorten(document);
		return sample;
	});
}

/** A text that many people have written, each at a place of their own, and those people. */
function writtenText(): { document: Y.Doc; writers: readonly Typist[] } {
	const random = seededRandom(1);
	const document = new Y.Doc();
	document.getText(root);
	const firstLength = textLength / 2;
	const founder = new Typist(1, { root, before: null, after: null }, random);
	Y.applyUpdate(document, founder.paste(proseOf(firstLength)));
	const writers = Array.from({ length: typists }, (_, index) => {
		const clock = Math.floor(((index + 0.5) / typists) * firstLength);
		const place = { root, before: { client: 1, clock }, after: { client: 1, clock: clock + 1 } };
		return new Typist(100 + index, place, random);
	});
	while (document.getText(root).length < textLength) {
		for (const writer of writers) Y.applyUpdate(document, writer.press().update);
	}
	return { document, writers };
}

/** Back to its first length, so that every sample meets the same text. */
function shorten(document: Y.Doc): void {
	const text = document.getText(root);
	const start = Math.floor(text.length / 3);
	if (text.length > textLength) text.delete(start, text.length - textLength);
}

function writerOf(writers: readonly Typist[], index: number): Typist {
	const writer = writers[index % writers.length];
	if (writer === undefined) throw new Error('There is no writer');
	return writer;
}
