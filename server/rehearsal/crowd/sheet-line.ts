import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';

import { encodeSync, isUpdateFrame, messageType, readGranted, readSaved, syncStep } from '#lib/protocol/sync-wire.ts';

import type { ServerAddress } from './address.ts';
import { RawSocket } from './raw-socket.ts';

export type SheetLineOptions = {
	readonly cookie: string;
	readonly documentId: string;
	/** Whether this person's device keeps the text, and may then write it; the others only receive it. */
	readonly keeps: boolean;
	readonly closed: () => void;
};

/**
 * A person's connection to the project sheet of their table. As on a phone, the server first grants a clientID on a connection of
 * its own, and then the text is exchanged on another. When that one breaks, this instance of the text ends with it.
 */
export class SheetLine {
	readonly #options: SheetLineOptions;
	readonly #server: ServerAddress;
	readonly #document: Y.Doc | null;
	#socket: RawSocket;
	#isOpen = true;
	#isSynced = false;
	#mayWrite = false;
	#sentFrames = 0;
	#savedFrames = 0;
	/** What is told when so many frames are saved. */
	readonly #waiting: { readonly frames: number; readonly tell: () => void }[] = [];

	constructor(server: ServerAddress, options: SheetLineOptions) {
		this.#server = server;
		this.#options = options;
		this.#document = options.keeps ? new Y.Doc() : null;
		this.#socket = this.#askForGrant();
	}

	get isWritable(): boolean {
		return this.#document !== null && this.#isSynced && this.#mayWrite;
	}

	/** Puts words at the end of what stands under a heading. */
	append(heading: string, words: string): void {
		const text = this.#document?.getText(heading);
		if (this.isWritable) text?.insert(text.length, words);
	}

	/** Calls back when everything that was written so far is in Postgres; never, if the connection ends before. */
	whenSaved(tell: () => void): void {
		this.#waiting.push({ frames: this.#sentFrames, tell });
		this.#tellSaved();
	}

	close(): void {
		this.#isOpen = false;
		this.#socket.close();
		this.#document?.destroy();
	}

	#askForGrant(): RawSocket {
		const { cookie, documentId } = this.#options;
		const { host, port } = this.#server;
		let isGranted = false;
		const asking = new RawSocket(
			{ host, port, path: `/sync/${documentId}?grant`, cookie },
			{
				onFrame: (bytes, start, end) => {
					if (bytes[start] !== messageType.granted || isGranted) return;
					isGranted = true;
					const { clientId, proof } = readGranted(decoding.createDecoder(bytes.subarray(start + 1, end)));
					asking.close();
					if (this.#isOpen) this.#socket = this.#open(clientId, proof);
				},
				onClose: () => {
					if (!isGranted) this.#ended();
				},
			},
		);
		return asking;
	}

	#open(clientId: number, proof: string): RawSocket {
		const { cookie, documentId } = this.#options;
		const { host, port } = this.#server;
		const document = this.#document;
		if (document !== null) {
			document.clientID = clientId;
			document.on('update', (update: Uint8Array, origin: unknown) => {
				if (origin !== this) this.#send(encodeSync(syncStep.update, update));
			});
		}
		const socket = new RawSocket(
			{ host, port, path: `/sync/${documentId}?client=${String(clientId)}&proof=${proof}`, cookie },
			{ onFrame: (bytes, start, end) => this.#receive(bytes, start, end), onClose: () => this.#ended() },
		);
		const known = document === null ? new Uint8Array([0]) : Y.encodeStateVector(document);
		socket.opened.then(
			() => socket.send(encodeSync(syncStep.step1, known)),
			() => undefined,
		);
		return socket;
	}

	#receive(bytes: Buffer, start: number, end: number): void {
		const decoder = decoding.createDecoder(bytes.subarray(start + 1, end));
		switch (bytes[start]) {
			case messageType.granted:
				this.#mayWrite = readGranted(decoder).mayWrite;
				return;
			case messageType.saved:
				this.#savedFrames = readSaved(decoder);
				this.#tellSaved();
				return;
			case messageType.sync:
				this.#exchange(decoding.readVarUint(decoder), decoder);
				return;
			default:
				return;
		}
	}

	#exchange(step: number, decoder: decoding.Decoder): void {
		const document = this.#document;
		if (document === null) return;
		const body = decoding.readVarUint8Array(decoder);
		if (step === syncStep.step1) {
			this.#send(encodeSync(syncStep.step2, Y.encodeStateAsUpdate(document, body)));
		} else {
			Y.applyUpdate(document, body, this);
			this.#isSynced ||= step === syncStep.step2;
		}
	}

	#send(frame: Uint8Array): void {
		if (isUpdateFrame(frame)) this.#sentFrames += 1;
		this.#socket.send(frame);
	}

	#tellSaved(): void {
		for (
			let [first] = this.#waiting;
			first !== undefined && first.frames <= this.#savedFrames;
			[first] = this.#waiting
		) {
			this.#waiting.shift();
			first.tell();
		}
	}

	#ended(): void {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		this.#document?.destroy();
		this.#options.closed();
	}
}
