import type { Language } from '#lib/domain/language.ts';
import type { Theme } from '#lib/i18n/request-preferences.ts';

declare global {
	namespace App {
		interface Error {
			/** A code of `#lib/protocol/errors.ts`; its text is `errors:<code>` in the catalogues. */
			code?: string;
			message: string;
		}
		interface Locals {
			/** The reader's own choice, else what the browser asks for. */
			language: Language;
			/** False when neither named one of our languages, so that an edition may suggest its own. */
			languageKnown: boolean;
			theme: Theme;
		}
	}
}
