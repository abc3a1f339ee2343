import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';

import { encodeSync, syncStep } from '#lib/protocol/sync-wire.ts';

import { emptyDocument, textsOf } from './testing/forge.ts';
import { ModelServer } from './testing/model-server.ts';
import { ModelWriter } from './testing/model-writer.ts';

describe('a room whose commit takes its time', () => {
	const server = new ModelServer([]);
	afterEach(() => server.end());

	it('T3: lets 4 MB wait, and sends whoever brings more away, who comes back and loses nothing', () => {
		const [anna, flood] = [new ModelWriter(server), new ModelWriter(server)];
		for (const writer of [anna, flood]) writer.connect();
		const carry = () => {
			for (const { line } of [anna, flood]) if (line !== null) server.take(line, Infinity);
		};
		carry();
		anna.edit((document) => document.getText('dream').insert(0, 'one '));
		carry();
		server.collect();
		anna.edit((document) => document.getText('dream').insert(4, 'two '));
		carry();

		const frame = encodeSync(syncStep.update, new Uint8Array(200 * 1024));
		const line = flood.line;
		if (line === null) throw new Error('the line is open');
		for (let sent = 0; sent < 20; sent += 1) line.toServer.push(frame);
		carry();
		expect(line.closed).toBeNull();
		line.toServer.push(frame);
		anna.edit((document) => document.getText('dream').insert(8, 'three '));
		carry();
		expect(line.closed).toBe('tryAgain');
		expect(textsOf(server.stored)).toEqual(['', '']);

		server.commit();
		for (let round = 0; round < 4; round += 1) {
			anna.read(Infinity);
			anna.connect();
			carry();
			server.collect();
			server.commit();
		}
		expect(textsOf(server.stored)).toEqual(['', 'one two three ']);
		expect(Y.getState(server.stored.store, flood.document.clientID)).toBe(0);
		expect(server.faults).toEqual([]);
	});
});

describe('a room whose document has grown without end', () => {
	/** Single letters, each put before the last and all of them deleted: nothing is to be seen, and nothing can be joined. */
	function grown(): Uint8Array {
		const document = emptyDocument(1);
		const text = document.getText('dream');
		document.transact(() => {
			for (let count = 0; count < 800_000; count += 1) text.insert(0, 'a');
			text.delete(0, text.length);
		});
		return Y.encodeStateAsUpdate(document);
	}

	it('T10: is only read any more', () => {
		const row = grown();
		expect(row.length).toBeGreaterThan(4 * 1024 * 1024);
		const server = new ModelServer([row]);
		const anna = new ModelWriter(server);
		const carry = () => {
			if (anna.line !== null) server.take(anna.line, Infinity);
			server.collect();
			server.commit();
		};
		anna.connect();
		carry();
		anna.edit((document) => document.getText('challenge').insert(0, 'the last words'));
		carry();
		expect(textsOf(server.stored)).toEqual(['the last words', '']);
		anna.edit((document) => document.getText('challenge').insert(0, 'and more: '));
		carry();
		expect(server.refusals).toEqual(['text.tooLong']);
		expect(textsOf(server.stored)).toEqual(['the last words', '']);
		server.end();
	});
});
