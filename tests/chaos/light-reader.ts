import { WebSocket } from 'ws';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';

import { Reconnect } from '#lib/live/reconnect.ts';
import { ideasOf } from '#lib/protocol/board-document.ts';
import { closeCode, encodeSync, messageType, readGranted, syncStep } from '#lib/protocol/sync-wire.ts';

/** Told of every handshake that is begun. */
export type OnHandshake = () => void;

const restartPatienceMs = 1_500;

/** A board's reader with little more than a socket and a document, coming back with the pauses of the browser's client. */
export class LightReader implements Disposable {
	readonly #address: string;
	readonly #cookie: string;
	readonly #onHandshake: OnHandshake;
	readonly #reconnect = new Reconnect(() => this.#connect());
	#document = new Y.Doc();
	#generation: string | undefined;
	#socket: WebSocket | undefined;
	#synced = false;

	constructor(documents: string, boardId: string, cookie: string, onHandshake: OnHandshake) {
		this.#address = `${documents}/${boardId}`;
		this.#cookie = cookie;
		this.#onHandshake = onHandshake;
		this.#connect();
	}

	/** Whether the board is here, as the server that runs now has it. */
	get synced(): boolean {
		return this.#synced;
	}

	get ideas(): readonly string[] {
		return [...ideasOf(this.#document).keys()].sort();
	}

	[Symbol.dispose](): void {
		this.#reconnect.stop();
		this.#socket?.removeAllListeners('close');
		this.#socket?.terminate();
	}

	#connect(): void {
		this.#onHandshake();
		const socket = new WebSocket(this.#address, { headers: { cookie: this.#cookie } });
		this.#socket = socket;
		socket.on('error', () => undefined);
		socket.on('open', () => socket.send(encodeSync(syncStep.step1, Y.encodeStateVector(this.#document))));
		socket.on('message', (bytes: Buffer) => this.#receive(socket, bytes));
		socket.on('close', (code) => {
			this.#synced = false;
			if (code === closeCode.newGeneration) this.#drop();
			this.#reconnect.schedule(code === closeCode.restart ? restartPatienceMs : 0);
		});
	}

	#receive(socket: WebSocket, bytes: Buffer): void {
		const decoder = decoding.createDecoder(bytes);
		const type = decoding.readVarUint(decoder);
		if (type === messageType.granted) {
			const { generation } = readGranted(decoder);
			if (this.#generation !== undefined && this.#generation !== generation) {
				this.#drop();
				socket.close();
			}
			this.#generation = generation;
		} else if (type === messageType.sync && socket.readyState === WebSocket.OPEN) {
			const step = decoding.readVarUint(decoder);
			if (step === syncStep.step1) return;
			Y.applyUpdate(this.#document, decoding.readVarUint8Array(decoder));
			this.#synced = true;
			this.#reconnect.succeeded();
		}
	}

	#drop(): void {
		this.#document.destroy();
		this.#document = new Y.Doc();
		this.#generation = undefined;
	}
}
