import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';

import { FrameStream } from './frame-stream.ts';

/** One piece of what passed: the head of a request or an answer, its body without compression, or a frame's payload. */
export type Piece = {
	readonly kind: 'head' | 'body' | 'frame';
	/** `GET /api/v1/account`, or `GET /sync/…` for the frames of that socket. */
	readonly request: string;
	readonly contentType: string;
	readonly bytes: Buffer;
};

export type HttpStreamOptions = {
	readonly direction: 'requests' | 'answers';
	/** Requests of this connection that wait for their answer, oldest first; shared by both directions. */
	readonly asked: string[];
	readonly onPiece: (piece: Piece) => void;
};

type Body = { readonly until: 'length'; left: number } | { readonly until: 'chunks' | 'close' } | null;

/**
 * HTTP/1.1 out of a stream of bytes, one direction of a connection; after an upgrade, WebSocket frames. Knows what this program and
 * its clients say, and throws on anything else: what can't be read can't be searched.
 */
export class HttpStream {
	readonly #options: HttpStreamOptions;
	#waiting = Buffer.alloc(0);
	#request = '';
	#headers: ReadonlyMap<string, string> = new Map();
	#body: Body = null;
	#parts: Buffer[] = [];
	#frames: FrameStream | null = null;

	constructor(options: HttpStreamOptions) {
		this.#options = options;
	}

	/** @throws Error on what it can't read */
	push(bytes: Buffer): void {
		if (this.#frames !== null) {
			this.#frames.push(bytes);
			return;
		}
		this.#waiting = Buffer.concat([this.#waiting, bytes]);
		while (this.#advance());
	}

	/** The connection has closed: what is left over is handed on as it is. */
	end(): void {
		if (this.#body?.until === 'close') this.#finishBody();
		const rest = Buffer.concat([...this.#parts, this.#frames?.rest() ?? this.#waiting]);
		if (rest.length > 0) this.#tell('body', rest);
	}

	/** Takes the next part; returns whether there may be another. */
	#advance(): boolean {
		if (this.#frames !== null) return false;
		if (this.#body === null) return this.#takeHead();
		switch (this.#body.until) {
			case 'length':
				return this.#takeLength(this.#body);
			case 'chunks':
				return this.#takeChunk();
			case 'close':
				this.#parts.push(this.#waiting);
				this.#waiting = Buffer.alloc(0);
				return false;
		}
	}

	#takeHead(): boolean {
		const end = this.#waiting.indexOf('\r\n\r\n');
		if (end === -1) return false;
		const head = this.#take(end + 4);
		const [start = '', ...lines] = head.toString('latin1').split('\r\n');
		this.#headers = new Map(
			lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
		);
		if (this.#options.direction === 'requests') this.#startRequest(start);
		else this.#startAnswer(start);
		this.#tell('head', head);
		return true;
	}

	#startRequest(start: string): void {
		const [method = '', path = ''] = start.split(' ');
		this.#request = `${method} ${path}`;
		this.#options.asked.push(this.#request);
		if (this.#headers.has('upgrade')) this.#startFrames();
		else this.#body = this.#declaredBody(null);
	}

	#startAnswer(start: string): void {
		const status = Number(start.split(' ')[1]);
		if (Number.isNaN(status)) throw new Error(`An answer begins with ${start}`);
		this.#request = this.#options.asked.shift() ?? 'nothing';
		if (status === 101) this.#startFrames();
		else if (status === 204 || status === 304 || this.#request.startsWith('HEAD ')) this.#body = null;
		else this.#body = this.#declaredBody({ until: 'close' });
	}

	#declaredBody(otherwise: Body): Body {
		if (this.#headers.get('transfer-encoding') === 'chunked') return { until: 'chunks' };
		const length = this.#headers.get('content-length');
		if (length === undefined) return otherwise;
		return Number(length) === 0 ? null : { until: 'length', left: Number(length) };
	}

	#startFrames(): void {
		const extensions =
			this.#options.direction === 'answers' ? this.#headers.get('sec-websocket-extensions') : undefined;
		if (extensions !== undefined) throw new Error(`The socket agreed on ${extensions}`);
		this.#body = null;
		this.#frames = new FrameStream((payload) => this.#tell('frame', payload));
		const already = this.#waiting;
		this.#waiting = Buffer.alloc(0);
		this.#frames.push(already);
	}

	#takeLength(body: { left: number }): boolean {
		const part = this.#take(Math.min(body.left, this.#waiting.length));
		this.#parts.push(part);
		body.left -= part.length;
		if (body.left > 0) return false;
		this.#finishBody();
		return true;
	}

	#takeChunk(): boolean {
		const lineEnd = this.#waiting.indexOf('\r\n');
		if (lineEnd === -1) return false;
		const size = Number.parseInt(this.#waiting.toString('latin1', 0, lineEnd), 16);
		if (Number.isNaN(size)) throw new Error('A chunk has no size');
		if (this.#waiting.length < lineEnd + 2 + size + 2) return false;
		this.#take(lineEnd + 2);
		this.#parts.push(this.#take(size));
		this.#take(2);
		if (size === 0) this.#finishBody();
		return true;
	}

	#finishBody(): void {
		const bytes = Buffer.concat(this.#parts.splice(0));
		this.#body = null;
		this.#tell('body', decompress(bytes, this.#headers.get('content-encoding')));
	}

	#take(length: number): Buffer {
		const taken = this.#waiting.subarray(0, length);
		this.#waiting = this.#waiting.subarray(length);
		return taken;
	}

	#tell(kind: Piece['kind'], bytes: Buffer): void {
		const contentType = this.#headers.get('content-type') ?? '';
		this.#options.onPiece({ kind, request: this.#request, contentType, bytes: Buffer.from(bytes) });
	}
}

function decompress(bytes: Buffer, encoding: string | undefined): Buffer {
	switch (encoding) {
		case undefined:
		case 'identity':
			return bytes;
		case 'gzip':
			return gunzipSync(bytes);
		case 'deflate':
			return inflateSync(bytes);
		case 'br':
			return brotliDecompressSync(bytes);
		case 'zstd':
			return zstdDecompressSync(bytes);
		default:
			throw new Error(`An answer is encoded as ${encoding}`);
	}
}
