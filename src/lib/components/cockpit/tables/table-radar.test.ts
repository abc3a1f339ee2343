import { describe, expect, it } from 'vitest';

import type { ParticipantId, TableId } from '#lib/domain/ids.ts';
import type { FacilitatorView, TableRadar, TableView } from '#lib/protocol/live.ts';

import { facilitatorView, testId, testRadar, testStep, testSteps, testTable } from '../testing/facilitator-view.ts';
import { hostedBy, minuteMs, passes, tableFacts, tableFilters } from './table-radar.ts';

const id = testId<TableId>(21);
const now = 100 * minuteMs;

function facts(table: Partial<TableView>, radar: Partial<TableRadar> = {}, room: Partial<FacilitatorView> = {}) {
	const shown = testTable(0, { members: 6, present: 5, ...table });
	const view = facilitatorView({ stepStartedAt: now - 20 * minuteMs, radar: { [id]: testRadar(radar) }, ...room });
	return { table: shown, ...tableFacts(view, id, shown, now) };
}

describe('a table', () => {
	it('is quiet when nothing was written for five minutes', () => {
		expect(facts({}, { activeAt: now - 5 * minuteMs })).toMatchObject({ silentMinutes: 5, quiet: true });
		expect(facts({}, { activeAt: now - 5 * minuteMs + 1 })).toMatchObject({ silentMinutes: 4, quiet: false });
	});

	it('is quiet counted from when the step began, at the earliest', () => {
		expect(facts({}, { activeAt: null })).toMatchObject({ silentMinutes: 20, quiet: true });
		const justBegun = { stepStartedAt: now - minuteMs };
		expect(facts({}, { activeAt: now - 30 * minuteMs }, justBegun)).toMatchObject({ silentMinutes: 1, quiet: false });
	});

	it('is not quiet while nobody is there, nobody may write, or all is on hold', () => {
		expect(facts({ present: 0 }).quiet).toBe(false);
		const pause = { steps: { [testSteps.collect]: testStep(0, 'break') } };
		expect(facts({}, {}, pause)).toMatchObject({ silentMinutes: null, quiet: false });
		const { workshop } = facilitatorView();
		expect(facts({}, {}, { workshop: { ...workshop, frozen: true } }).quiet).toBe(false);
		expect(facts({}, {}, { workshop: { ...workshop, phase: 'ended' } }).quiet).toBe(false);
	});

	it('is quiet in its own step, where tables have their own pace', () => {
		const ownPace = { floor: { ...facilitatorView().floor, pace: 'tables' as const } };
		const inGroup = { stepId: testSteps.group, stepStartedAt: now - 2 * minuteMs };
		expect(facts(inGroup, {}, ownPace)).toMatchObject({ quiet: false, silentMinutes: 2, ownStepId: testSteps.group });
		expect(facts(inGroup, {}, {})).toMatchObject({ quiet: true, ownStepId: null });
	});

	it('is behind when its step comes before the room’s', () => {
		const ownPace = {
			floor: { ...facilitatorView().floor, pace: 'tables' as const },
			currentStepId: testSteps.group,
		};
		expect(facts({ stepId: testSteps.collect, stepStartedAt: now }, {}, ownPace).behind).toBe(true);
		expect(facts({ stepId: testSteps.group, stepStartedAt: now }, {}, ownPace).behind).toBe(false);
		expect(facts({}, {}, ownPace).behind).toBe(false);
	});

	it('has as many free seats as nobody has chosen, and never less than none', () => {
		expect(facts({ capacity: 8 }).freeSeats).toBe(2);
		expect(facts({ capacity: 4 }).freeSeats).toBe(0);
	});

	it('without a radar shows nothing rather than failing', () => {
		const shown = testTable(0);
		expect(tableFacts(facilitatorView(), id, shown, now)).toMatchObject({ recentIdeas: 0, sheetHeadings: 0 });
	});
});

describe('the filters', () => {
	it('each let through what they name', () => {
		const passing = (of: ReturnType<typeof facts>) => tableFilters.filter((filter) => passes(filter, of.table, of));
		expect(passing(facts({ capacity: 6 }, { activeAt: now }))).toEqual([]);
		expect(passing(facts({ needsHelp: true, capacity: 6 }, { activeAt: now }))).toEqual(['help']);
		expect(passing(facts({ ready: true }, { activeAt: now - 9 * minuteMs }))).toEqual(['ready', 'quiet', 'free']);
	});
});

it('a host is known by the table', () => {
	const host = testId<ParticipantId>(31);
	const room = { tables: { [id]: testTable(0, { hostId: host }) } };
	expect(hostedBy(room, host)).toBe(id);
	expect(hostedBy(room, testId(32))).toBeNull();
});
