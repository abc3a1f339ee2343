import { SvelteMap } from 'svelte/reactivity';
import * as z from 'zod';

import { maxAnnouncementLength } from '#lib/domain/floor.ts';
import { language, type Language } from '#lib/domain/language.ts';
import type { DeviceStorage } from '#lib/live/device-storage.ts';

const folder = 'boost-board/draft/announcement/';
const kept = z.partialRecord(language, z.string()).catch({});

/** An announcement that is being written, kept on this device with every keystroke. */
export class AnnouncementDraft {
	readonly #storage: DeviceStorage;
	readonly #key: string;
	readonly #texts = new SvelteMap<Language, string>();

	constructor(storage: DeviceStorage, workshop: string) {
		this.#storage = storage;
		this.#key = `${folder}${workshop}`;
		for (const [written, text] of Object.entries(read(storage.read(this.#key)))) {
			this.#texts.set(language.parse(written), text);
		}
	}

	of(one: Language): string {
		return this.#texts.get(one) ?? '';
	}

	write(one: Language, text: string): void {
		if (text === '') this.#texts.delete(one);
		else this.#texts.set(one, text);
		this.#store();
	}

	/** The languages that have words. */
	get written(): Language[] {
		return [...this.#texts].filter(([, text]) => text.trim() !== '').map(([one]) => one);
	}

	/** What would be announced. */
	get text(): { [L in Language]?: string } {
		return Object.fromEntries(this.written.map((one) => [one, this.of(one).trim()]));
	}

	get sendable(): boolean {
		return this.written.length > 0 && this.written.every((one) => this.of(one).trim().length <= maxAnnouncementLength);
	}

	clear(): void {
		this.#texts.clear();
		this.#store();
	}

	#store(): void {
		if (this.#texts.size === 0) this.#storage.remove(this.#key);
		else this.#storage.write(this.#key, JSON.stringify(Object.fromEntries(this.#texts)));
	}
}

function read(text: string | null): z.infer<typeof kept> {
	if (text === null) return {};
	try {
		return kept.parse(JSON.parse(text));
	} catch (error) {
		if (error instanceof SyntaxError) return {};
		throw error;
	}
}
