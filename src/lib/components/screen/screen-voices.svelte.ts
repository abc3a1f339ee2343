import { isLanguage, type Language } from '#lib/domain/language.ts';
import type { I18n, Voice } from '#lib/i18n/i18n.svelte.ts';

const storageKey = 'screen-languages';

/**
 * The one or two languages of a screen. They belong to this picture and not to whoever uses the browser beside it, so they are
 * kept apart from a person's own choice: as the cockpit says, else in the address (`?lang=de,fr`), else as they were last set on
 * this device. What was set last, here or in the cockpit, is spoken.
 */
export class ScreenVoices {
	readonly #i18n: I18n;
	readonly #own: readonly Language[];
	#languages: readonly Language[];
	#voices: readonly Voice[];
	/** What the cockpit said last, to notice when it says something else. */
	#assigned = '';

	constructor(i18n: I18n, fromAddress: string | null) {
		this.#i18n = i18n;
		const chosen = languagesOf(fromAddress ?? remembered());
		this.#own = chosen.length > 0 ? chosen : [i18n.language];
		this.#languages = $state.raw(this.#own);
		this.#voices = $state.raw([i18n]);
		void this.#speak();
	}

	get languages(): readonly Language[] {
		return this.#languages;
	}

	/** Those whose texts are here; never empty. */
	get voices(): readonly Voice[] {
		return this.#voices;
	}

	choose(first: Language, second: Language | null): void {
		this.#languages = second === null || second === first ? [first] : [first, second];
		remember(this.#languages);
		void this.#speak();
	}

	/** Takes what the cockpit says, where it says something new; nothing from there leaves the choice to the device. */
	follow(assigned: readonly Language[]): void {
		const said = assigned.join();
		if (said !== this.#assigned) {
			this.#assigned = said;
			this.#languages = assigned.length > 0 ? languagesOf(said) : this.#own;
			void this.#speak();
		} else if (this.#voices.length < this.#languages.length) {
			// A language whose texts couldn't be fetched is asked for again.
			void this.#speak();
		}
	}

	async #speak(): Promise<void> {
		const wanted = this.#languages;
		const voices = await Promise.allSettled(wanted.map((language) => this.#i18n.voice(language)));
		if (wanted !== this.#languages) return;
		// A language whose texts can't be fetched now is left out; the others are shown.
		const here = voices.filter((voice) => voice.status === 'fulfilled').map((voice) => voice.value);
		if (here.length > 0) this.#voices = here;
	}
}

function languagesOf(list: string | null): Language[] {
	return [...new Set((list ?? '').split(',').filter(isLanguage))].slice(0, 2);
}

function remembered(): string | null {
	try {
		return localStorage.getItem(storageKey);
	} catch (error) {
		if (error instanceof DOMException) return null;
		throw error;
	}
}

function remember(languages: readonly Language[]): void {
	try {
		localStorage.setItem(storageKey, languages.join(','));
	} catch (error) {
		// A browser without storage shows the languages until the next reload.
		if (!(error instanceof DOMException)) throw error;
	}
}
