import { describe, expect, it } from 'vitest';

import type { AccountId, TableId } from '#lib/domain/ids.ts';

import { testId, testRadar, testTable } from '../testing/facilitator-view.ts';
import { helpCalls, unanswered, waitedMinutes } from './help-calls.ts';
import { minuteMs } from './table-radar.ts';

const one = testId<TableId>(21);
const two = testId<TableId>(22);
const three = testId<TableId>(23);
const anna = testId<AccountId>(1);

describe('tables that ask for help', () => {
	const room = {
		tables: {
			[one]: testTable(0, { needsHelp: true }),
			[two]: testTable(1, { needsHelp: true, helpComing: true }),
			[three]: testTable(2),
		},
		radar: {
			[one]: testRadar({ helpAskedAt: 9 * minuteMs }),
			[two]: testRadar({ helpAskedAt: 4 * minuteMs, helpBy: anna }),
			[three]: testRadar({ helpAskedAt: 1 }),
		},
	};

	it('stand in the order in which they asked, not in that of the room', () => {
		expect(helpCalls(room).map(({ name }) => name)).toEqual(['Table 2', 'Table 1']);
	});

	it('say who is on the way, and how many wait for somebody', () => {
		expect(helpCalls(room)[0]).toMatchObject({ helper: anna, coming: true });
		expect(unanswered(helpCalls(room))).toBe(1);
	});

	it('have waited whole minutes', () => {
		const [first, second] = helpCalls(room);
		if (first === undefined || second === undefined) throw new Error('Two tables ask');
		expect(waitedMinutes(first, 10.9 * minuteMs)).toBe(6);
		expect(waitedMinutes(second, 8 * minuteMs)).toBe(0);
	});

	it('are shown last when it is not known since when', () => {
		const unknown = helpCalls({ ...room, radar: { [two]: testRadar({ helpAskedAt: 5 }) } });
		expect(unknown.map(({ name }) => name)).toEqual(['Table 2', 'Table 1']);
	});
});
