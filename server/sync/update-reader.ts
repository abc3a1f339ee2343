/** Bytes that are no Yjs update in version 1; the message says which rule they break. */
export class MalformedUpdate extends Error {
	override readonly name = 'MalformedUpdate';
}

export type StructId = { readonly client: number; readonly clock: number };

/** A struct as it travels: a plain string, or a run of units that were deleted before they ever arrived. */
export type ReadStruct = {
	readonly origin: StructId | null;
	readonly rightOrigin: StructId | null;
	/** Given exactly where there is no origin. */
	readonly rootName: string | null;
	/** `null` for a deleted run. */
	readonly text: string | null;
	/** In UTF-16 units, the clock's measure. */
	readonly length: number;
};

export const structFlag = { origin: 0x80, rightOrigin: 0x40, parentKey: 0x20, contentMask: 0x1f } as const;
export const contentType = { deleted: 1, string: 4 } as const;
export const parentIsRoot = 1;

/** Bytes of 2^53 - 1, at seven bits a byte. */
const longestUint = 8;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads the few shapes that plain text needs, in Yjs' update format 1, and nothing else: every other content, parent or
 * integer is {@link MalformedUpdate}. Never reads outside its bytes, which may be a view into a pooled buffer.
 */
export class UpdateReader {
	readonly #bytes: Uint8Array;
	#position = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	/** A count or clock; anything past 2^53 - 1 is malformed, and so are more bytes than that takes. */
	uint(): number {
		let value = 0;
		for (let index = 0; index < longestUint; index += 1) {
			const byte = this.#byte();
			value += (byte & 0x7f) * 128 ** index;
			if (value > Number.MAX_SAFE_INTEGER) break;
			if (byte < 0x80) return value;
		}
		throw new MalformedUpdate('integer too large');
	}

	struct(): ReadStruct {
		const info = this.#byte();
		if ((info & structFlag.parentKey) !== 0) throw new MalformedUpdate('map entry');
		const origin = (info & structFlag.origin) === 0 ? null : this.#id();
		const rightOrigin = (info & structFlag.rightOrigin) === 0 ? null : this.#id();
		const rootName = origin === null && rightOrigin === null ? this.#rootName() : null;
		const content = info & structFlag.contentMask;
		if (content === contentType.string) {
			const text = this.#string();
			return { origin, rightOrigin, rootName, text, length: text.length };
		}
		if (content === contentType.deleted) return { origin, rightOrigin, rootName, text: null, length: this.uint() };
		throw new MalformedUpdate(`content type ${content}`);
	}

	end(): void {
		if (this.#position !== this.#bytes.length) throw new MalformedUpdate('bytes after the end');
	}

	#id(): StructId {
		return { client: this.uint(), clock: this.uint() };
	}

	#rootName(): string {
		if (this.uint() !== parentIsRoot) throw new MalformedUpdate('parent is not a root');
		return this.#string();
	}

	#byte(): number {
		const byte = this.#bytes[this.#position];
		if (byte === undefined) throw new MalformedUpdate('ends early');
		this.#position += 1;
		return byte;
	}

	#string(): string {
		const length = this.uint();
		const end = this.#position + length;
		if (end > this.#bytes.length) throw new MalformedUpdate('ends early');
		const encoded = this.#bytes.subarray(this.#position, end);
		this.#position = end;
		try {
			return decoder.decode(encoded);
		} catch (cause) {
			throw new MalformedUpdate('not UTF-8', { cause });
		}
	}
}
