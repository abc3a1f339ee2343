import { connect, type Socket } from 'node:net';

/** Opcodes of RFC 6455 that a server of ours or of a peer sends. */
export const opcode = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export type RawSocketEvents = {
	/** A data frame's payload lies in `bytes` from `start` to `end`, and only during this call. */
	readonly onFrame: (bytes: Buffer, start: number, end: number, kind: number) => void;
	readonly onClose: (code: number) => void;
};

export type Address = {
	/** The loopback unless given. */
	readonly host?: string;
	readonly port: number;
	readonly path: string;
	readonly cookie: string;
};

const loopback = '127.0.0.1';
const receiveBytes = 16 * 1024;
/** Masks make servers do the work that a browser's frames cost them. */
const mask = [0x5a, 0xa5, 0x3c, 0xc3] as const;
const noStatus = 1005;
const abnormal = 1006;
const headEnd = Buffer.from('\r\n\r\n');

/**
 * A WebSocket client that does little beyond TCP, so that a thousand of them are no load of their own: no events, no
 * objects per frame, no extensions. It trusts the server to send whole, unfragmented frames.
 */
export class RawSocket {
	/** Bytes read, the handshake's included. */
	receivedBytes = 0;
	readonly opened: Promise<void>;
	readonly #socket: Socket;
	readonly #events: RawSocketEvents;
	#open = false;
	#closed = false;
	#closeCode = abnormal;
	#rest: Buffer | null = null;
	#settle: { resolve: () => void; reject: (error: Error) => void };

	constructor(address: Address, events: RawSocketEvents) {
		this.#events = events;
		const { promise, resolve, reject } = Promise.withResolvers<undefined>();
		this.opened = promise;
		this.#settle = { resolve: () => resolve(undefined), reject };
		// Whoever doesn't await it learns of the failure by `onClose`.
		promise.catch(() => undefined);
		const buffer = Buffer.allocUnsafe(receiveBytes);
		const callback = (bytes: number) => {
			this.#receive(buffer.subarray(0, bytes));
			return true;
		};
		this.#socket = connect({
			host: address.host ?? loopback,
			port: address.port,
			noDelay: true,
			onread: { buffer, callback },
		});
		this.#socket.on('error', () => undefined);
		this.#socket.on('close', () => this.#end());
		this.#socket.write(handshakeOf(address));
	}

	/** Sends one masked frame. */
	send(payload: Uint8Array, kind: number = opcode.binary): void {
		if (!this.#closed) this.#socket.write(maskedFrame(payload, kind));
	}

	close(): void {
		this.#socket.destroy();
	}

	#end(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#settle.reject(new Error(`The socket was closed (${this.#closeCode})`));
		this.#events.onClose(this.#closeCode);
	}

	#receive(chunk: Buffer): void {
		this.receivedBytes += chunk.length;
		const bytes = this.#rest === null ? chunk : Buffer.concat([this.#rest, chunk]);
		let at = this.#open ? 0 : this.#readHead(bytes);
		if (this.#open) at = this.#readFrames(bytes, at);
		this.#rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : null;
	}

	#readHead(bytes: Buffer): number {
		const end = bytes.indexOf(headEnd);
		if (end === -1) return 0;
		const status = bytes.toString('latin1', 9, 12);
		if (status !== '101') {
			this.#settle.reject(new Error(`The handshake was answered with ${status}`));
			this.close();
			return bytes.length;
		}
		this.#open = true;
		this.#settle.resolve();
		return end + headEnd.length;
	}

	#readFrames(bytes: Buffer, from: number): number {
		let at = from;
		while (bytes.length - at >= 2) {
			let length = (bytes[at + 1] ?? 0) & 0x7f;
			let start = at + 2;
			if (length === 126) {
				start = at + 4;
				if (start > bytes.length) return at;
				length = bytes.readUInt16BE(at + 2);
			} else if (length === 127) {
				start = at + 10;
				if (start > bytes.length) return at;
				length = Number(bytes.readBigUInt64BE(at + 2));
			}
			const end = start + length;
			if (end > bytes.length) return at;
			this.#take((bytes[at] ?? 0) & 0x0f, bytes, start, end);
			at = end;
		}
		return at;
	}

	#take(kind: number, bytes: Buffer, start: number, end: number): void {
		if (kind === opcode.binary || kind === opcode.text) {
			this.#events.onFrame(bytes, start, end, kind);
		} else if (kind === opcode.ping) {
			this.send(bytes.subarray(start, end), opcode.pong);
		} else if (kind === opcode.close) {
			this.#closeCode = end - start >= 2 ? bytes.readUInt16BE(start) : noStatus;
			this.close();
		}
	}
}

function handshakeOf({ host: name = loopback, port, path, cookie }: Address): string {
	const host = `${name.includes(':') ? `[${name}]` : name}:${String(port)}`;
	const lines = [
		`GET ${path} HTTP/1.1`,
		`Host: ${host}`,
		`Origin: http://${host}`,
		'Connection: Upgrade',
		'Upgrade: websocket',
		'Sec-WebSocket-Version: 13',
		'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
		...(cookie === '' ? [] : [`Cookie: ${cookie}`]),
	];
	return `${lines.join('\r\n')}\r\n\r\n`;
}

function maskedFrame(payload: Uint8Array, kind: number): Buffer {
	const { length } = payload;
	const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
	const frame = Buffer.allocUnsafe(head + 4 + length);
	frame[0] = 0x80 | kind;
	if (head === 2) {
		frame[1] = 0x80 | length;
	} else if (head === 4) {
		frame[1] = 0x80 | 126;
		frame.writeUInt16BE(length, 2);
	} else {
		frame[1] = 0x80 | 127;
		frame.writeBigUInt64BE(BigInt(length), 2);
	}
	frame.set(mask, head);
	for (let index = 0; index < length; index += 1) {
		frame[head + 4 + index] = (payload[index] ?? 0) ^ (mask[index & 3] ?? 0);
	}
	return frame;
}
