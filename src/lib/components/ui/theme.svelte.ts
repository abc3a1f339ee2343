import { createContext } from 'svelte';
import { rememberPreference, themeCookie } from '#lib/i18n/preference-cookie.ts';
import type { Theme } from '#lib/i18n/request-preferences.ts';

/** The person's choice of light, dark or the device's own, live. Provided by the root layout. */
export class ThemeChoice {
	#theme: Theme;

	constructor(theme: Theme) {
		this.#theme = $state(theme);
	}

	get theme(): Theme {
		return this.#theme;
	}

	/** Changes the page at once and remembers the choice on this device. */
	choose(theme: Theme): void {
		this.#theme = theme;
		document.documentElement.dataset.theme = theme;
		rememberPreference(themeCookie, theme);
	}
}

const [getTheme, setTheme] = createContext<ThemeChoice>();

export { getTheme };

/** For the root layout. */
export function provideTheme(theme: Theme): ThemeChoice {
	return setTheme(new ThemeChoice(theme));
}
