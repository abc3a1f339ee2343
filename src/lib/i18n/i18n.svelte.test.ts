import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadCatalogue } from './load-catalogue.ts';
import { I18n } from './i18n.svelte.ts';

const cookies: string[] = [];

beforeEach(() => {
	cookies.length = 0;
	vi.stubGlobal('location', { protocol: 'http:' });
	vi.stubGlobal('document', {
		set cookie(line: string) {
			cookies.push(line);
		},
	});
});
afterEach(() => void vi.unstubAllGlobals());

async function german(known = true): Promise<I18n> {
	return new I18n({ language: 'de', catalogue: await loadCatalogue('de'), known });
}

test('a choice changes what is read from then on, and is remembered', async () => {
	const i18n = await german();
	expect(i18n.t('common:action.save')).toBe('Speichern');
	await i18n.setLanguage('lb');
	expect(i18n.t('common:action.save')).toBe('Späicheren');
	expect(i18n.language).toBe('lb');
	expect(i18n.date('2024-03-07')).toBe('7. Mäerz 2024');
	expect(cookies).toEqual([expect.stringMatching(/^lang=lb; Path=\/; Max-Age=\d+; SameSite=Lax$/)]);
});

test('of two choices in a row the last one holds', async () => {
	const i18n = await german();
	await Promise.all([i18n.setLanguage('fr'), i18n.setLanguage('pt')]);
	expect(i18n.language).toBe('pt');
	expect(cookies.map((line) => line.slice(0, 7))).toEqual(['lang=pt']);
});

test('a suggestion is taken only where nothing is known of the person, and not remembered', async () => {
	const known = await german();
	await known.suggestLanguage('lb');
	expect(known.language).toBe('de');

	const unknown = await german(false);
	await unknown.suggestLanguage('lb');
	expect(unknown.language).toBe('lb');
	expect(cookies).toEqual([]);
});

test('a second language can be spoken beside the person’s own', async () => {
	const i18n = await german();
	const french = await i18n.voice('fr');
	expect(french.t('common:action.save')).toBe('Enregistrer');
	expect(french.text({ de: 'Garten', fr: 'Jardin' })).toBe('Jardin');
	expect(i18n.language).toBe('de');
});
