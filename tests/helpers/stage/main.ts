/** A projector's picture of any view, without a server: `showStage(…)` draws it. For the browser tests and for the eye. */
import { mount, unmount } from 'svelte';

import ScreenStage from '#lib/components/screen/ScreenStage.svelte';
import type { IdeaId } from '#lib/domain/ids.ts';
import type { Language } from '#lib/domain/language.ts';
import type { ScreenLayout } from '#lib/domain/screen-layout.ts';
import { createVoice } from '#lib/i18n/i18n.svelte.ts';
import { loadCatalogue } from '#lib/i18n/load-catalogue.ts';
import { Ticker } from '#lib/live/ticker.svelte.ts';
import type { ScreenView } from '#lib/protocol/live.ts';
import '#lib/styles/fonts.css';
import '#lib/styles/tokens.css';
import '#lib/styles/base.css';

export type Picture = {
	readonly view: ScreenView;
	readonly layout: ScreenLayout;
	readonly languages: readonly Language[];
	readonly theme?: 'light' | 'dark';
	readonly ideaId?: IdeaId;
	readonly now?: number;
	readonly offline?: boolean;
};

declare global {
	interface Window {
		showStage: (picture: Picture) => Promise<void>;
	}
}

const target = document.getElementById('stage');
if (target === null) throw new Error('The page has no place for the picture');
Object.assign(target.style, { position: 'fixed', inset: '0' });
let shown: Record<string, unknown> | null = null;

window.showStage = async ({ view, layout, languages, theme = 'light', ideaId, now = 0, offline = false }) => {
	document.documentElement.dataset.theme = theme;
	document.documentElement.lang = languages[0] ?? 'de';
	const voices = await Promise.all(
		languages.map(async (language) => createVoice(language, await loadCatalogue(language))),
	);
	if (shown !== null) await unmount(shown);
	const ticker = new Ticker(() => now);
	const props = { view, layout, voices, ticker, editionSlug: 'west', offline };
	shown = mount(ScreenStage, { target, props: ideaId === undefined ? props : { ...props, ideaId } });
	await document.fonts.ready;
};
