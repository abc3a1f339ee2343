import { createContext } from 'svelte';
import type { Language } from '#lib/domain/language.ts';
import { pickText, type LocalizedText } from '#lib/domain/localized-text.ts';
import type { Catalogue } from './catalogue.ts';
import { formatsOf, type DateStyle, type Formats, type Instant } from './formats.ts';
import { loadCatalogue } from './load-catalogue.ts';
import type { TextKey } from './namespaces.ts';
import { languageCookie, rememberPreference } from './preference-cookie.ts';
import { createTranslate, type TextParams, type Translate } from './translation.ts';

/** Everything one language says and how it writes numbers and dates. */
export interface Voice extends Formats {
	readonly language: Language;
	readonly t: Translate;
	readonly text: (text: LocalizedText) => string;
}

/** What is known of the person's language when the page opens. */
export interface I18nStart {
	readonly language: Language;
	readonly catalogue: Catalogue;
	/** False when neither the person nor the browser named one of our languages, so that an edition may suggest its own. */
	readonly known: boolean;
}

/**
 * The person's language, live: whatever reads a text through it changes with `setLanguage`, without a reload. One instance per
 * page load (and per request on the server), provided by the root layout.
 */
export class I18n {
	#voice: Voice;
	#known: boolean;
	readonly #voices: Partial<Record<Language, Voice>> = {};
	/** The last language asked for: a slower, earlier choice doesn't overtake a later one. */
	#wanted: Language;

	constructor({ language, catalogue, known }: I18nStart) {
		const voice = createVoice(language, catalogue);
		this.#voices[language] = voice;
		this.#voice = $state.raw(voice);
		this.#known = known;
		this.#wanted = language;
	}

	get language(): Language {
		return this.#voice.language;
	}

	/** The text at `namespace:key`. */
	t(key: TextKey, params?: TextParams): string {
		return this.#voice.t(key, params);
	}

	/** A configured text in the person's language, or the nearest one it was written in. */
	text(text: LocalizedText): string {
		return this.#voice.text(text);
	}

	number(value: number, options?: Intl.NumberFormatOptions): string {
		return this.#voice.number(value, options);
	}

	/** A share from 0 to 1. */
	percent(share: number, maximumFractionDigits?: number): string {
		return this.#voice.percent(share, maximumFractionDigits);
	}

	date(instant: Instant, style?: DateStyle): string {
		return this.#voice.date(instant, style);
	}

	time(instant: Instant): string {
		return this.#voice.time(instant);
	}

	dateTime(instant: Instant, style?: DateStyle): string {
		return this.#voice.dateTime(instant, style);
	}

	/** For sorting names and titles: `names.toSorted(i18n.compare)`. */
	readonly compare = (one: string, other: string): number => this.#voice.compare(one, other);

	/** Switches to the language the person chose, and remembers it on this device. Rejects if its texts can't be fetched. */
	async setLanguage(language: Language): Promise<void> {
		this.#known = true;
		await this.#speak(language);
		if (this.language === language) rememberPreference(languageCookie, language);
	}

	/** Switches to the language of an edition or a screen, unless the person's own is known. */
	async suggestLanguage(language: Language): Promise<void> {
		if (!this.#known) await this.#speak(language);
	}

	/** Another language beside the person's own, for a surface that shows two. */
	async voice(language: Language): Promise<Voice> {
		const known = this.#voices[language];
		if (known !== undefined) return known;
		const voice = createVoice(language, await loadCatalogue(language));
		this.#voices[language] = voice;
		return voice;
	}

	async #speak(language: Language): Promise<void> {
		this.#wanted = language;
		const voice = await this.voice(language);
		if (this.#wanted === language) this.#voice = voice;
	}
}

export function createVoice(language: Language, catalogue: Catalogue): Voice {
	return {
		...formatsOf(language),
		language,
		t: createTranslate(language, catalogue),
		text: (text) => pickText(text, language),
	};
}

const [getI18n, setI18n] = createContext<I18n>();

export { getI18n };

/** For the root layout, and for tests of components. */
export function provideI18n(start: I18nStart): I18n {
	return setI18n(new I18n(start));
}
