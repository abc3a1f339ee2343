import * as decoding from 'lib0/decoding';

import type { ErrorCode } from '#lib/protocol/errors.ts';
import {
	encodeGranted,
	encodeRefused,
	encodeSaved,
	encodeSync,
	messageType,
	syncProtocolVersion,
	syncStep,
	type closeCode,
} from '#lib/protocol/sync-wire.ts';
import type { Logger } from '#server/logger.ts';

import type { CaretIdentity, SyncAccess } from './access.ts';
import type { GateRefusal } from './text-gate.ts';
import { readStateVector, type SyncSession } from './sync-session.ts';
import type { SyncSocket } from './sync-socket.ts';
import type { TextListener } from './text-intake.ts';
import type { TextRoom } from './text-room.ts';
import type { WebSocketFrame } from './websocket-frame.ts';

export type TextAccess = Extract<SyncAccess, { kind: 'text' }>;

export type TextSessionOptions = { readonly logger: Logger; readonly writeGraceMs: number };

/** A document instance at somebody's screen: reads a text, and writes it while it may. */
export class TextSession implements SyncSession, TextListener {
	readonly kind = 'text';
	readonly clientId: number;
	readonly #socket: SyncSocket;
	readonly #room: TextRoom;
	readonly #options: TextSessionOptions;
	#access: TextAccess;
	#mayWriteUntil = Number.NEGATIVE_INFINITY;
	#receivedFrames = 0;
	#refused = false;

	constructor(socket: SyncSocket, room: TextRoom, access: TextAccess, clientId: number, options: TextSessionOptions) {
		this.#socket = socket;
		this.#room = room;
		this.#access = access;
		this.#options = options;
		this.clientId = clientId;
	}

	get identity(): CaretIdentity | null {
		return this.#access.identity;
	}

	start(): void {
		this.#room.enter(this);
		this.#tellRight();
	}

	receive(decoder: decoding.Decoder): void {
		switch (decoding.readVarUint(decoder)) {
			case messageType.sync:
				this.#receiveSync(decoding.readVarUint(decoder), decoding.readVarUint8Array(decoder));
				return;
			case messageType.awareness:
				this.#room.carets.receive(this, decoding.readVarUint8Array(decoder));
				return;
			case messageType.queryAwareness:
				this.#room.carets.greet(this);
				return;
			default:
				this.#socket.refuse('protocol.invalid');
		}
	}

	renew(access: SyncAccess): void {
		if (access.kind !== 'text') return;
		const couldWrite = this.#access.mayWrite;
		this.#access = access;
		if (couldWrite === access.mayWrite) return;
		this.#mayWriteUntil = performance.now() + this.#options.writeGraceMs;
		this.#tellRight();
	}

	digest(): number {
		return this.#room.digest();
	}

	leave(): void {
		this.#room.leave(this);
	}

	send(message: Uint8Array): void {
		this.#socket.send(message);
	}

	sendFrame(frame: WebSocketFrame): void {
		this.#socket.sendFrame(frame);
	}

	gather(): void {
		this.#socket.gather();
	}

	end(reason: keyof typeof closeCode): void {
		this.#socket.end(reason);
	}

	saved(frames: number): void {
		this.#socket.send(encodeSaved(frames));
	}

	resync(stateVector: Uint8Array): void {
		this.#socket.send(encodeSync(syncStep.step1, stateVector));
	}

	refuse(code: ErrorCode, rule: GateRefusal | 'gap' | 'noRight' | 'documentFull'): void {
		this.#refused = true;
		this.#options.logger.info({ documentId: this.#room.documentId, rule }, 'refused an update of a text');
		this.#socket.send(encodeRefused(code));
		this.#socket.refuse(code);
	}

	#receiveSync(step: number, body: Uint8Array): void {
		if (step === syncStep.step1) {
			this.#room.join(this, readStateVector(body));
			return;
		}
		if (step !== syncStep.step2 && step !== syncStep.update) {
			this.#socket.refuse('protocol.invalid');
			return;
		}
		this.#receivedFrames += 1;
		if (this.#refused) return;
		if (!this.#access.mayWrite && performance.now() > this.#mayWriteUntil) {
			this.refuse('step.notNow', 'noRight');
			return;
		}
		// The bytes are a view into a buffer that many frames share; what waits to be saved must not keep it alive.
		this.#room.receive(this, body.slice(), step === syncStep.step2, this.#receivedFrames);
	}

	#tellRight(): void {
		const { mayWrite } = this.#access;
		const grant = this.#room.grants.grantOf(this.clientId);
		this.#socket.send(encodeGranted({ version: syncProtocolVersion, generation: '', mayWrite, ...grant }));
		if (mayWrite) this.resync(this.#room.stateVector());
	}
}
