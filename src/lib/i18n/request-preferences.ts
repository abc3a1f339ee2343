import { defaultLanguage, isLanguage, preferredLanguage, type Language } from '#lib/domain/language.ts';

export const themes = ['light', 'dark', 'auto'] as const;

/** `auto` follows the device. */
export type Theme = (typeof themes)[number];

export function isTheme(value: unknown): value is Theme {
	return themes.some((known) => known === value);
}

/** How a page should speak to whoever asks for it. */
export interface RequestLanguage {
	readonly language: Language;
	/** False when neither the person nor the browser named one of our languages. */
	readonly known: boolean;
}

/** The person's own choice, else what their browser asks for, else the default, which an edition may replace. */
export function languageOfRequest(
	chosen: string | null | undefined,
	acceptLanguage: string | null | undefined,
): RequestLanguage {
	if (isLanguage(chosen)) return { language: chosen, known: true };
	const preferred = preferredLanguage(acceptLanguage);
	return preferred === null ? { language: defaultLanguage, known: false } : { language: preferred, known: true };
}
