import { expect, test } from 'vitest';

import { nextPage, signInPage } from './next-page.ts';

test('leads back to the page that asked for the sign-in', () => {
	const address = '/studio/workshops/1?tab=tables';
	const asked = new URL(signInPage(address), 'http://hall.example').searchParams.get('next');
	expect(nextPage(asked)).toBe(address);
	expect(nextPage('/w/1/cockpit')).toBe('/w/1/cockpit');
});

test.each([
	null,
	'',
	'studio',
	'//evil.example/studio',
	'/\\evil.example/studio',
	'/\t/evil.example/studio',
	'https://evil.example/studio',
	'javascript:alert(1)',
	'/studiously',
	'/studio/../e/west',
	'/studio/sign-in?next=/studio/sign-in',
])('stays in the studio instead of going to %j', (wanted) => {
	expect(nextPage(wanted)).toBe('/studio');
});
