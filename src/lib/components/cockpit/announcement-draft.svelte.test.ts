import { describe, expect, it } from 'vitest';

import { memoryStorage } from '#lib/live/device-storage.ts';

import { AnnouncementDraft } from './announcement-draft.svelte.ts';

describe('an announcement that is being written', () => {
	it('is still there after a reload, in each language', () => {
		const storage = memoryStorage();
		const draft = new AnnouncementDraft(storage, 'w');
		draft.write('de', 'Suppe ist da');
		draft.write('fr', 'La soupe est servie');
		const reloaded = new AnnouncementDraft(storage, 'w');
		expect(reloaded.of('de')).toBe('Suppe ist da');
		expect(reloaded.written).toEqual(['de', 'fr']);
		expect(new AnnouncementDraft(storage, 'other').written).toEqual([]);
	});

	it('is announced in the languages that have words', () => {
		const draft = new AnnouncementDraft(memoryStorage(), 'w');
		expect(draft.sendable).toBe(false);
		draft.write('de', ' Suppe ist da ');
		draft.write('fr', '  ');
		expect(draft.text).toEqual({ de: 'Suppe ist da' });
		expect(draft.sendable).toBe(true);
		draft.write('de', 'x'.repeat(281));
		expect(draft.sendable).toBe(false);
	});

	it('leaves nothing behind once it is cleared', () => {
		const storage = memoryStorage();
		const draft = new AnnouncementDraft(storage, 'w');
		draft.write('lb', 'Zopp ass do');
		draft.clear();
		expect(storage.keys('')).toEqual([]);
	});

	it('begins anew where what was kept can’t be read', () => {
		const storage = memoryStorage();
		storage.write('boost-board/draft/announcement/w', '{"de":');
		expect(new AnnouncementDraft(storage, 'w').written).toEqual([]);
	});
});
