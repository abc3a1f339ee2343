/**
 * WebSocket frames (RFC 6455) out of a stream of bytes. Whatever a frame carries is handed on, pings and the reasons of closes as
 * well; a message in several frames is handed on whole. Compressed frames can't be read here, so they are a fault.
 */
export class FrameStream {
	readonly #onMessage: (payload: Buffer) => void;
	#waiting = Buffer.alloc(0);
	#parts: Buffer[] = [];

	constructor(onMessage: (payload: Buffer) => void) {
		this.#onMessage = onMessage;
	}

	/** @throws Error on what isn't an uncompressed frame */
	push(bytes: Buffer): void {
		this.#waiting = Buffer.concat([this.#waiting, bytes]);
		for (let length = this.#takeFrame(); length > 0; length = this.#takeFrame()) {
			this.#waiting = this.#waiting.subarray(length);
		}
	}

	/** Bytes of a frame that never became whole. */
	rest(): Buffer {
		return Buffer.concat([...this.#parts, this.#waiting]);
	}

	/** The length of the frame at the beginning; 0 while it isn't whole. */
	#takeFrame(): number {
		const header = readHeader(this.#waiting);
		if (header === null || this.#waiting.length < header.end) return 0;
		const payload = unmask(this.#waiting.subarray(header.start, header.end), header.mask);
		if (header.isControl) {
			this.#onMessage(payload);
			return header.end;
		}
		this.#parts.push(payload);
		if (header.isLast) this.#onMessage(Buffer.concat(this.#parts.splice(0)));
		return header.end;
	}
}

type Header = {
	readonly isLast: boolean;
	readonly isControl: boolean;
	readonly mask: Buffer | null;
	/** Where the payload begins and ends. */
	readonly start: number;
	readonly end: number;
};

function readHeader(bytes: Buffer): Header | null {
	if (bytes.length < 2) return null;
	const first = bytes.readUInt8(0);
	const second = bytes.readUInt8(1);
	if ((first & 0x70) !== 0) throw new Error('A frame is compressed, or none at all');
	const short = second & 0x7f;
	const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
	const isMasked = (second & 0x80) !== 0;
	const start = 2 + lengthBytes + (isMasked ? 4 : 0);
	if (bytes.length < start) return null;
	const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
	return {
		isLast: (first & 0x80) !== 0,
		isControl: (first & 0x08) !== 0,
		mask: isMasked ? bytes.subarray(start - 4, start) : null,
		start,
		end: start + length,
	};
}

function unmask(payload: Buffer, mask: Buffer | null): Buffer {
	const plain = Buffer.from(payload);
	if (mask !== null)
		for (let index = 0; index < plain.length; index += 1) plain[index] = (plain[index] ?? 0) ^ (mask[index % 4] ?? 0);
	return plain;
}
