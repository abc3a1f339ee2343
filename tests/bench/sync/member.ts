import * as decoding from 'lib0/decoding';

import { messageType, readGranted, readSaved } from '#lib/protocol/sync-wire.ts';
import { RawSocket } from '#server/rehearsal/crowd/raw-socket.ts';

import { emptyStateVector, emptyUpdate, stepOf, syncFrame, syncStep, type Dialect } from './dialects.ts';

export type MemberOptions = {
	readonly port: number;
	readonly dialect: Dialect;
	readonly documentId: string;
	readonly cookie: string;
	/** What this connection was granted, as a query. */
	readonly query: string;
	/** Takes every update of a client that keeps a replica, the first state included. */
	readonly apply?: (update: Uint8Array) => void;
};

const hashSeed = 0x811c9dc5;

/** One client of a document. Unless it keeps a replica, it only hashes the updates that it gets. */
export class Member {
	/** Settles when the first state is here. */
	readonly synced: Promise<void>;
	/** 32-bit FNV-1a over all update messages since {@link reset}, and their number. */
	hash = hashSeed;
	updates = 0;
	closedWith: number | null = null;
	readonly #socket: RawSocket;
	readonly #prefix: Uint8Array;
	readonly #apply: MemberOptions['apply'];
	#bytesBefore = 0;
	#sync: () => void;
	#sentFrames = 0;
	#savedFrames = 0;
	#waiting: (() => void)[] = [];

	constructor({ port, dialect, documentId, cookie, query, apply }: MemberOptions) {
		this.#prefix = dialect.prefix(documentId);
		this.#apply = apply;
		const { promise, resolve, reject } = Promise.withResolvers<undefined>();
		this.synced = promise;
		this.#sync = () => resolve(undefined);
		promise.catch(() => undefined);
		this.#socket = new RawSocket(
			{ port, path: dialect.path(documentId) + query, cookie },
			{
				onFrame: (bytes, start, end) => this.#receive(bytes, start, end),
				onClose: (code) => {
					this.closedWith = code;
					reject(new Error(`The document's socket was closed (${code})`));
				},
			},
		);
		for (const frame of dialect.greeting(documentId)) this.#greet(frame);
		this.#greet(syncFrame(this.#prefix, syncStep.step1, emptyStateVector));
	}

	/** Bytes from the server since {@link reset}, with all framing. */
	get receivedBytes(): number {
		return this.#socket.receivedBytes - this.#bytesBefore;
	}

	sendUpdate(update: Uint8Array): void {
		this.#send(syncStep.update, update);
	}

	/** Settles when our server has saved all that was sent. */
	async saved(): Promise<void> {
		while (this.#savedFrames < this.#sentFrames) await new Promise<void>((resolve) => this.#waiting.push(resolve));
	}

	reset(): void {
		this.hash = hashSeed;
		this.updates = 0;
		this.#bytesBefore = this.#socket.receivedBytes;
	}

	close(): void {
		this.#socket.close();
	}

	#send(step: number, update: Uint8Array): void {
		this.#sentFrames += 1;
		this.#socket.send(syncFrame(this.#prefix, step, update));
	}

	#greet(frame: Uint8Array): void {
		this.#socket.opened.then(
			() => this.#socket.send(frame),
			() => undefined,
		);
	}

	#receive(bytes: Buffer, start: number, end: number): void {
		const at = start + this.#prefix.length;
		const step = stepOf(bytes, at);
		if (step === syncStep.update) {
			this.#count(bytes, at, end);
			this.#apply?.(bodyOf(bytes, at + 2, end));
		} else if (step === syncStep.step2) {
			this.#apply?.(bodyOf(bytes, at + 2, end));
			this.#sync();
		} else if (step === syncStep.step1) {
			this.#send(syncStep.step2, emptyUpdate);
		} else if (bytes[at] === messageType.saved) {
			this.#savedFrames = readSaved(decoding.createDecoder(bytes.subarray(at + 1, end)));
			for (const resolve of this.#waiting.splice(0)) resolve();
		}
	}

	#count(bytes: Buffer, start: number, end: number): void {
		let { hash } = this;
		for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
		this.hash = hash;
		this.updates += 1;
	}
}

function bodyOf(bytes: Buffer, start: number, end: number): Uint8Array {
	return decoding.readVarUint8Array(decoding.createDecoder(bytes.subarray(start, end)));
}

/** Asks for a clientID for one document instance, as our own client does before it connects. */
export async function fetchGrant(options: Omit<MemberOptions, 'query'>): Promise<{ clientId: number; query: string }> {
	const { port, dialect, documentId, cookie } = options;
	return new Promise((resolve, reject) => {
		const socket = new RawSocket(
			{ port, path: `${dialect.path(documentId)}?grant`, cookie },
			{
				onFrame: (bytes, start, end) => {
					if (bytes[start] !== messageType.granted) return;
					const decoder = decoding.createDecoder(bytes.subarray(start + 1, end));
					const { clientId, proof } = readGranted(decoder);
					resolve({ clientId, query: `?client=${String(clientId)}&proof=${proof}` });
					socket.close();
				},
				onClose: (code) => reject(new Error(`No grant (${code})`)),
			},
		);
	});
}
