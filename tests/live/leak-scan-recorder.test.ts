import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';

import { encodeSync, syncStep } from '#lib/protocol/sync-wire.ts';

import { FrameStream } from '../helpers/leaks/frame-stream.ts';
import { HttpStream, type Piece } from '../helpers/leaks/http-stream.ts';
import type { Passed } from '../helpers/leaks/relay.ts';
import { scan, type ScanResult } from '../helpers/leaks/scan.ts';
import { canary, type Permission, type Secret, type Trace } from '../helpers/leaks/secret.ts';

/** What the leak scan stands on: bytes are read whatever way they come in, and a secret is seen whatever it is wrapped in. */

describe('frames of a WebSocket', () => {
	const messages = (stream: Buffer, pieceLength: number) => {
		const read: string[] = [];
		const frames = new FrameStream((payload) => read.push(payload.toString()));
		for (let start = 0; start < stream.length; start += pieceLength) {
			frames.push(stream.subarray(start, start + pieceLength));
		}
		return read;
	};
	const long = 'x'.repeat(300);
	const longest = 'y'.repeat(70_000);

	test.each([1, 2, 7, 1_000])('are read out of pieces of %i bytes', (pieceLength) => {
		const stream = Buffer.concat([
			frame('first', { isLast: false }),
			frame('ping', { opcode: 9 }),
			frame(' and second', { opcode: 0 }),
			frame(long),
			frame('masked', { mask: Buffer.from([1, 2, 3, 250]) }),
		]);
		expect(messages(stream, pieceLength)).toEqual(['ping', 'first and second', long, 'masked']);
	});

	test('may be long', () => {
		expect(messages(frame(longest), 1_000)).toEqual([longest]);
	});

	test('that are compressed are a fault', () => {
		const compressed = frame('x');
		compressed[0] = 0xc1;
		expect(() => messages(compressed, 10)).toThrow('compressed');
	});
});

describe('answers', () => {
	const chunked = (bytes: Buffer) =>
		Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n0\r\n\r\n')]);
	const text = 'words '.repeat(50);
	const stream = Buffer.concat([
		Buffer.from(
			'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n',
		),
		chunked(gzipSync(text)),
		Buffer.from('HTTP/1.1 204 No Content\r\nSet-Cookie: a=b\r\n\r\n'),
		Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'),
		Buffer.from('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n'),
		frame('hello'),
	]);

	test.each([1, 5, 100_000])('of one connection are read out of pieces of %i bytes', (pieceLength) => {
		const pieces: Piece[] = [];
		const asked = ['GET /a', 'POST /b', 'GET /c', 'GET /sync/d'];
		const answers = new HttpStream({ direction: 'answers', asked, onPiece: (piece) => pieces.push(piece) });
		for (let start = 0; start < stream.length; start += pieceLength) {
			answers.push(stream.subarray(start, start + pieceLength));
		}
		answers.end();
		const bodies = pieces
			.filter(({ kind }) => kind !== 'head')
			.map(({ request, bytes }) => [request, bytes.toString()]);
		expect(bodies).toEqual([
			['GET /a', text],
			['GET /c', '{}'],
			['GET /sync/d', 'hello'],
		]);
		expect(pieces.some(({ request, bytes }) => request === 'POST /b' && bytes.includes('a=b'))).toBe(true);
	});

	test('that break off are kept as far as they came', () => {
		const pieces: Piece[] = [];
		const answers = new HttpStream({ direction: 'answers', asked: ['GET /a'], onPiece: (piece) => pieces.push(piece) });
		answers.push(Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it'));
		answers.end();
		expect(pieces.at(-1)?.bytes.toString()).toBe('half of it');
	});
});

describe('a word is seen', () => {
	const word = canary('a secret');
	const bytes = Buffer.from(word);
	test.each([
		['as it is', Buffer.from(`…${word}…`)],
		['in hexadecimal digits', Buffer.from(bytes.toString('hex'))],
		['in UTF-16', Buffer.from(word, 'utf16le')],
		['in Base64', Buffer.from(bytes.toString('base64'))],
		['in Base64 behind one byte', Buffer.from(Buffer.from(`x${word}yz`).toString('base64'))],
		['in Base64 behind two bytes', Buffer.from(Buffer.from(`xx${word}y`).toString('base64url'))],
	])('%s', (_, body) => {
		expect(scanOf([piece({ bytes: body })]).leaks).toHaveLength(1);
	});

	test('at its place in a snapshot and in a patch', () => {
		const events = [
			['snapshot', { seq: 1, view: { people: { id: { nickname: word } } } }],
			['patch', { seq: 2, patch: [[['people', 'id', 'nickname'], word]] }],
		].map((event) =>
			piece({ kind: 'frame', request: 'GET /socket.io/', bytes: Buffer.from(`42${JSON.stringify(event)}`) }),
		);
		expect(scanOf(events).leaks.map(({ where }) => where)).toEqual([
			'GET /socket.io/ snapshot/people/id/nickname',
			'GET /socket.io/ patch/people/id/nickname',
		]);
	});

	test('in one of the packets that answer a poll', () => {
		const bytes = Buffer.from(`42${JSON.stringify(['mePatch', { patch: [[['ideas', 'id', 'text'], word]] }])}\x1e2`);
		const [leak] = scanOf([piece({ request: 'GET /socket.io/', bytes })]).leaks;
		expect(leak?.where).toBe('GET /socket.io/ me/ideas/id/text');
	});

	test('in the data that a page brings along', () => {
		const data = JSON.stringify({ status: 200, body: JSON.stringify({ door: { title: word } }) });
		const html = `<p>Hello</p><script type="application/json" data-sveltekit-fetched>${data}</script>`;
		const [leak] = scanOf([piece({ contentType: 'text/html', bytes: Buffer.from(html) })]).leaks;
		expect(leak?.where).toBe('GET / page/body/door/title');
	});

	test('in a document, typed letter by letter', () => {
		const document = new Y.Doc();
		const frames: Passed[] = [];
		document.on('update', (update: Uint8Array) => frames.push(syncFrame(update)));
		for (let index = 0; index < word.length; index += 1) document.getText('dream').insert(index, word.charAt(index));
		expect(scanOf(frames.slice(0, -1)).leaks).toEqual([]);
		expect(scanOf(frames).leaks).toHaveLength(1);
	});

	test('in a first state that still holds what was deleted, though somebody else wrote in between', () => {
		const [hers, his] = [new Y.Doc({ gc: false }), new Y.Doc({ gc: false })];
		const text = hers.getText('dream');
		for (const letter of word) {
			text.insert(text.length, letter);
			Y.applyUpdate(his, Y.encodeStateAsUpdate(hers));
			his.getText('dream').insert(text.length, '-');
			Y.applyUpdate(hers, Y.encodeStateAsUpdate(his));
		}
		text.delete(0, text.length);
		const state = syncFrame(Y.encodeStateAsUpdate(hers));
		expect(state.bytes.includes(word)).toBe(false);
		expect(scanOf([state]).leaks).toHaveLength(1);
	});
});

describe('a number of dots is seen', () => {
	const option = '3b241101-e2bb-4255-8caf-4136c566a962';
	const trace: Trace = { kind: 'value', value: 37, beside: [option, 'Bench'] };
	test.each([
		['in a ballot', JSON.stringify({ ballots: { round: { [option]: 37 } } }), 1],
		['beside its label', JSON.stringify({ options: [{ label: 'Bench', dots: 37 }] }), 1],
		['in a line of a table', 'Option;Dots\nBench;37\n', 1],
		['not where it belongs to something else', JSON.stringify({ [option]: 36, seq: 37 }), 0],
		['not in another line', 'Bench;36\nShop;37\n', 0],
	])('%s', (_, body, times) => {
		expect(scanOf([piece({ bytes: Buffer.from(body) })], { trace }).leaks).toHaveLength(times);
	});
});

describe('the scan', () => {
	const received = [piece({ moment: 'second', bytes: Buffer.from(canary('a secret')) })];
	test.each<[string, Permission, number]>([
		['lets pass what is allowed', { clients: ['anna'] }, 0],
		['tells of what came too early', { clients: ['anna'], from: 'third' }, 1],
		['tells of what came too late', { clients: ['anna'], until: 'first' }, 1],
		['tells of what came in another place', { clients: ['anna'], where: /me\// }, 1],
		['tells of what came to somebody else', { clients: ['paul'] }, 1],
	])('%s', (_, permission, leaks) => {
		expect(scanOf(received, { allowed: [permission] }).leaks).toHaveLength(leaks);
	});

	test('says where it is blind', () => {
		const unseen = scanOf([piece({ bytes: Buffer.from('nothing') })], {
			allowed: [{ clients: ['anna'] }],
			certainlyAt: ['anna'],
			faults: ['a frame was compressed'],
		});
		expect(unseen.blindSpots).toEqual(['anna: a frame was compressed', 'a secret was seen nowhere']);
		expect(scanOf([], { allowed: [] }).blindSpots).toEqual(['a secret was never told to the server']);
	});
});

type Case = Partial<Secret> & { readonly faults?: readonly string[] };

function scanOf(received: readonly Passed[], { faults = [], ...given }: Case = {}): ScanResult {
	const name = 'a secret';
	const trace: Trace = { kind: 'words', words: [canary(name)] };
	return scan({
		moments: ['first', 'second', 'third'],
		clients: [{ name: 'anna', received, sent: [], faults }],
		secrets: [{ name, trace, allowed: [], certainlyAt: [], ...given }],
		stored: '{}',
	});
}

function piece(given: Partial<Passed>): Passed {
	const usual = { kind: 'body', request: 'GET /', contentType: '', moment: 'first', connection: 1 } as const;
	return { ...usual, bytes: Buffer.alloc(0), ...given };
}

function syncFrame(update: Uint8Array): Passed {
	return piece({ kind: 'frame', request: 'GET /sync/1', bytes: Buffer.from(encodeSync(syncStep.update, update)) });
}

function frame(text: string, { isLast = true, opcode = 1, mask = Buffer.alloc(0) } = {}): Buffer {
	const payload = Buffer.from(text);
	const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
	const maskBit = mask.length > 0 ? 0x80 : 0;
	const head = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10);
	head[0] = (isLast ? 0x80 : 0) | opcode;
	head[1] = maskBit | (head.length === 2 ? payload.length : head.length === 4 ? 126 : 127);
	if (head.length === 4) head.writeUInt16BE(payload.length, 2);
	if (head.length === 10) head.writeBigUInt64BE(BigInt(payload.length), 2);
	return Buffer.concat([head, mask, masked]);
}
