import * as decoding from 'lib0/decoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';

import {
	closeCodeOf,
	encodeGranted,
	encodeKeepalive,
	encodeRefused,
	encodeSaved,
	encodeSync,
	isUpdateFrame,
	messageType,
	readGranted,
	readKeepalive,
	readRefused,
	readSaved,
	syncStep,
	textDigest,
	type Granted,
} from './sync-wire.ts';

function opened(frame: Uint8Array, type: number): decoding.Decoder {
	const decoder = decoding.createDecoder(frame);
	expect(decoding.readVarUint(decoder)).toBe(type);
	return decoder;
}

describe('the messages of a document’s socket', () => {
	it('are read as they were written', () => {
		const granted: Granted = { version: 1, generation: '3-x', mayWrite: true, clientId: 2 ** 40, proof: 'abc' };
		expect(readGranted(opened(encodeGranted(granted), messageType.granted))).toEqual(granted);
		expect(readSaved(opened(encodeSaved(300), messageType.saved))).toBe(300);
		expect(readRefused(opened(encodeRefused('text.tooLong'), messageType.refused))).toBe('text.tooLong');
		expect(readKeepalive(opened(encodeKeepalive(2 ** 53 - 1), messageType.keepalive))).toBe(2 ** 53 - 1);
	});

	it('count as updates exactly if they carry one', () => {
		const body = Uint8Array.of(0, 0);
		expect(isUpdateFrame(encodeSync(syncStep.step2, body))).toBe(true);
		expect(isUpdateFrame(encodeSync(syncStep.update, body))).toBe(true);
		expect(isUpdateFrame(encodeSync(syncStep.step1, body))).toBe(false);
		expect(isUpdateFrame(encodeSaved(1))).toBe(false);
	});

	it('close with the status of the refusal, in the range for applications', () => {
		expect(closeCodeOf('access.denied')).toBe(4403);
		expect(closeCodeOf('database.away')).toBe(4503);
	});
});

describe('the digest of a text', () => {
	function documentOf(texts: Record<string, string>): Y.Doc {
		const document = new Y.Doc();
		for (const [name, text] of Object.entries(texts)) document.getText(name).insert(0, text);
		return document;
	}

	it('is the same for the same words, whatever the order and the empty headings', () => {
		const digest = textDigest(documentOf({ dream: 'Ein Café', challenge: 'Wie?' }));
		expect(textDigest(documentOf({ challenge: 'Wie?', join: '', dream: 'Ein Café' }))).toBe(digest);
		expect(Number.isSafeInteger(digest) && digest > 0).toBe(true);
	});

	it('is another one for other words, or the same words elsewhere', () => {
		const digest = textDigest(documentOf({ dream: 'Ein Café' }));
		expect(textDigest(documentOf({ dream: 'Ein Cafe' }))).not.toBe(digest);
		expect(textDigest(documentOf({ challenge: 'Ein Café' }))).not.toBe(digest);
	});
});
