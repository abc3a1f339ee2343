import { expect, test } from 'vitest';

import { recordEvening } from '../helpers/leaks/evening.ts';
import { describeLeak, scan } from '../helpers/leaks/scan.ts';
import { runApp } from '../helpers/running-app.ts';

test('in a whole evening nobody is sent what is not theirs to know', { timeout: 120_000 }, async () => {
	await using app = await runApp();
	const { leaks, blindSpots } = scan(await recordEvening(app));
	expect(leaks.map(describeLeak)).toEqual([]);
	expect(blindSpots).toEqual([]);
});
