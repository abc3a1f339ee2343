import { expect, it } from 'vitest';

import type { PublicEdition } from '#lib/protocol/programmes.ts';
import { loadDemo } from '#server/demo/load-demo.ts';
import { BrowserClient } from '#tests/helpers/browser-client.ts';
import { runApp } from '#tests/helpers/running-app.ts';

it('shows an edition with its region, and never a way into its workshops', async () => {
	await using app = await runApp();
	await loadDemo(app.database.sql, { now: () => new Date('2026-06-06T16:30:25Z') });
	await app.database.sql`
		insert into workshop (edition_id, code, title, personal_data_until)
		select id, '11112222', '{"en": "A rehearsal"}', '2099-01-01' from edition
	`;
	const anybody = new BrowserClient(app.origin);
	const edition = await anybody.json<PublicEdition>('GET', '/editions/region-west');
	expect(edition).toMatchObject({ slug: 'region-west', defaultLanguage: 'lb', region: { population: 79_709 } });
	expect(edition.region?.communes).toHaveLength(13);
	expect(edition.region?.communes.find(({ key }) => key === 'mamer')).toMatchObject({
		name: { lb: 'Mamer' },
		population: 10_643,
		column: 2,
		row: 2,
	});
	expect(edition.workshops).toMatchObject([
		{ startsAt: '2026-06-06T16:30:00.000Z', tables: 7, ideas: 0 },
		{ startsAt: null, tables: 0, ideas: 277, attribution: expect.stringContaining('CC BY 4.0') as string },
	]);
	expect(JSON.stringify(edition)).not.toContain('20240606');
	expect(await anybody.refusal('GET', '/editions/nowhere')).toEqual({ status: 404, code: 'page.unknown' });
	expect(await anybody.refusal('GET', '/editions')).toEqual({ status: 401, code: 'session.missing' });
});
