import { randomUUID } from 'node:crypto';
import { once } from 'node:events';

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import WebSocket from 'ws';
import * as Y from 'yjs';

import {
	encodeAwareness,
	encodeSync,
	isUpdateFrame,
	messageType,
	readGranted,
	readSaved,
	syncStep,
} from '#lib/protocol/sync-wire.ts';

/** A project sheet as a person has it open: reads it, types into it, and shows a caret. */
export class Sheet implements Disposable {
	/** The code of the close, when the server has closed it. */
	closedWith: number | undefined;
	synced = false;
	/** Settles when the text is here, or never will be. */
	readonly arrived: Promise<unknown>;
	readonly #arrive: () => void;
	readonly #document = new Y.Doc();
	readonly #socket: WebSocket;
	#sentFrames = 0;
	#savedFrames = 0;

	private constructor(socket: WebSocket, clientId: number) {
		this.#socket = socket;
		const { promise, resolve } = Promise.withResolvers<undefined>();
		this.arrived = promise;
		this.#arrive = () => resolve(undefined);
		this.#document.clientID = clientId;
		this.#document.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== this) this.#send(encodeSync(syncStep.update, update));
		});
		socket.on('message', (data: Buffer) => this.#take(new Uint8Array(data)));
		socket.on('error', () => undefined);
		socket.on('close', (code) => {
			this.closedWith = code;
			this.#arrive();
		});
		socket.on('open', () => this.#send(encodeSync(syncStep.step1, Y.encodeStateVector(this.#document))));
	}

	/** @returns the sheet, or the code that its opening was refused with */
	static async open(origin: string, cookie: string, documentId: string): Promise<Sheet | number> {
		const address = `${origin.replace('http', 'ws')}/sync/${documentId}`;
		const headers = { cookie, origin };
		const granting = new WebSocket(`${address}?grant`, { headers });
		let granted: { clientId: number; proof: string } | undefined;
		granting.on('error', () => undefined);
		granting.on('message', (data: Buffer) => {
			const decoder = decoding.createDecoder(new Uint8Array(data));
			if (decoding.readVarUint(decoder) === messageType.granted) granted = readGranted(decoder);
		});
		const [code] = (await once(granting, 'close')) as [number];
		if (granted === undefined) return code;
		const { clientId, proof } = granted;
		const query = new URLSearchParams({ client: String(clientId), proof });
		return new Sheet(new WebSocket(`${address}?${query.toString()}`, { headers }), clientId);
	}

	/** Whether everything that was typed here is in Postgres. */
	get saved(): boolean {
		return this.#savedFrames >= this.#sentFrames;
	}

	text(heading: string): string {
		return this.#document.getText(heading).toJSON();
	}

	/** Types at the end of a text, each letter for itself. */
	type(heading: string, words: string): void {
		const text = this.#document.getText(heading);
		for (const letter of words) text.insert(text.length, letter);
	}

	erase(heading: string, words: string): void {
		const text = this.#document.getText(heading);
		const start = text.toJSON().indexOf(words);
		if (start === -1) throw new Error(`"${words}" is not on the sheet`);
		text.delete(start, words.length);
	}

	/** Puts a caret into the document, which the server labels with the writer's name. */
	showCaret(): void {
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, 1);
		encoding.writeVarUint(encoder, this.#document.clientID);
		encoding.writeVarUint(encoder, 1);
		encoding.writeVarString(encoder, JSON.stringify({ cursor: null, user: { name: randomUUID() } }));
		this.#send(encodeAwareness(encoding.toUint8Array(encoder)));
	}

	[Symbol.dispose](): void {
		this.#socket.terminate();
		this.#document.destroy();
	}

	#take(frame: Uint8Array): void {
		const decoder = decoding.createDecoder(frame);
		const type = decoding.readVarUint(decoder);
		if (type === messageType.saved) this.#savedFrames = readSaved(decoder);
		if (type !== messageType.sync) return;
		const step = decoding.readVarUint(decoder);
		const body = decoding.readVarUint8Array(decoder);
		if (step === syncStep.step1) {
			this.#send(encodeSync(syncStep.step2, Y.encodeStateAsUpdate(this.#document, body)));
			return;
		}
		Y.applyUpdate(this.#document, body, this);
		this.synced = true;
		this.#arrive();
	}

	#send(frame: Uint8Array): void {
		if (this.#socket.readyState !== WebSocket.OPEN) return;
		if (isUpdateFrame(frame)) this.#sentFrames += 1;
		this.#socket.send(frame);
	}
}
