import type { DeviceStorage } from './device-storage.ts';

const folder = 'boost-board/draft/';

/**
 * What somebody is typing and hasn't sent, kept on the device with every keystroke. It belongs to one person or device; until
 * that is known it lives on the page alone, and what is typed meanwhile isn't overwritten.
 */
export class Draft {
	readonly #storage: DeviceStorage;
	readonly #name: string;
	#key: string | null = null;
	#text = $state('');

	/** `name` tells this draft from the owner's others. */
	constructor(storage: DeviceStorage, name: string) {
		this.#storage = storage;
		this.#name = name;
	}

	get text(): string {
		return this.#text;
	}

	set text(text: string) {
		this.#text = text;
		this.#store();
	}

	/** Takes up what this owner left here earlier. */
	belongTo(owner: string): void {
		const key = `${folder}${owner}/${this.#name}`;
		if (key === this.#key) return;
		const typedBeforeKnown = this.#key === null ? this.#text : '';
		this.#key = key;
		this.#text = typedBeforeKnown === '' ? (this.#storage.read(key) ?? '') : typedBeforeKnown;
		this.#store();
	}

	/** Puts words back that were refused; what is being typed stays in front of them. */
	add(text: string): void {
		this.text = this.#text.trim() === '' ? text : `${this.#text.trimEnd()} ${text}`;
	}

	clear(): void {
		this.text = '';
	}

	#store(): void {
		if (this.#key === null) return;
		if (this.#text === '') this.#storage.remove(this.#key);
		else this.#storage.write(this.#key, this.#text);
	}
}
