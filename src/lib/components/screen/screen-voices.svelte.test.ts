import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { I18n } from '#lib/i18n/i18n.svelte.ts';
import { loadCatalogue } from '#lib/i18n/load-catalogue.ts';

import { ScreenVoices } from './screen-voices.svelte.ts';

/** Texts are fetched, which takes a busy machine a moment. */
const patience = { timeout: 15_000 };
const spoken = ({ voices }: ScreenVoices) => voices.map(({ language }) => language);

describe('the languages of a screen', () => {
	let stored: Map<string, string>;
	let i18n: I18n;
	beforeEach(async () => {
		stored = new Map();
		vi.stubGlobal('localStorage', {
			getItem: (key: string) => stored.get(key) ?? null,
			setItem: (key: string, value: string) => stored.set(key, value),
		});
		i18n = new I18n({ language: 'de', catalogue: await loadCatalogue('de'), known: true });
	});
	afterEach(() => vi.unstubAllGlobals());

	it('are the browser’s own, unless the address or this device says others', () => {
		expect(new ScreenVoices(i18n, null).languages).toEqual(['de']);
		expect(new ScreenVoices(i18n, 'lb,fr').languages).toEqual(['lb', 'fr']);
		stored.set('screen-languages', 'pt');
		expect(new ScreenVoices(i18n, null).languages).toEqual(['pt']);
		expect(new ScreenVoices(i18n, 'xx').languages).toEqual(['de']);
	});

	it('follow the cockpit, and are their own again when it says nothing', async () => {
		const voices = new ScreenVoices(i18n, 'lb');
		voices.follow(['fr', 'en']);
		expect(voices.languages).toEqual(['fr', 'en']);
		await vi.waitFor(() => expect(spoken(voices)).toEqual(['fr', 'en']), patience);
		voices.follow([]);
		expect(voices.languages).toEqual(['lb']);
	});

	it('are what was set last, here or in the cockpit', () => {
		const voices = new ScreenVoices(i18n, null);
		voices.follow(['fr']);
		voices.choose('lb', 'de');
		voices.follow(['fr']);
		expect(voices.languages).toEqual(['lb', 'de']);
		voices.follow(['en']);
		expect(voices.languages).toEqual(['en']);
	});

	it('are asked for again when their texts could not be fetched', async () => {
		const fetching = vi.spyOn(i18n, 'voice').mockRejectedValue(new TypeError('Failed to fetch'));
		const voices = new ScreenVoices(i18n, 'fr,lb');
		await vi.waitFor(() => expect(fetching).toHaveBeenCalledTimes(2));
		expect(voices.voices).toHaveLength(1);
		fetching.mockRestore();
		voices.follow([]);
		await vi.waitFor(() => expect(spoken(voices)).toEqual(['fr', 'lb']), patience);
	});
});
