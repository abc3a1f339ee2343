import { describe, expect, it } from 'vitest';

import type { RoundId, TableId } from '#lib/domain/ids.ts';
import { defaultRules } from '#lib/domain/step.ts';
import type { FacilitatorView, RoundView } from '#lib/protocol/live.ts';

import { onwardRemarks, tablesPerStep } from './onward.ts';
import { facilitatorView, testId, testStep, testSteps, testTable } from './testing/facilitator-view.ts';

const { collect, group } = testSteps;
const one = testId<TableId>(21);
const two = testId<TableId>(22);
const empty = testId<TableId>(23);

function tables(changes: Parameters<typeof testTable>[1][]) {
	return {
		[one]: testTable(0, { members: 4, ...changes[0] }),
		[two]: testTable(1, { members: 5, ...changes[1] }),
		[empty]: testTable(2, { members: 0 }),
	};
}

describe('before the room goes on', () => {
	it('says how far what is private will reach', () => {
		expect(onwardRemarks(facilitatorView({ privateIdeas: 3 }))).toEqual([{ about: 'reveals', count: 3, to: 'room' }]);
		const rules = { ...defaultRules('collect'), see: 'table' as const };
		const steps = { [collect]: testStep(0, 'collect', { rules }) };
		expect(onwardRemarks(facilitatorView({ privateIdeas: 3, steps }))).toEqual([
			{ about: 'reveals', count: 3, to: 'table' },
		]);
	});

	it('counts the tables that are ready, of those where somebody sits', () => {
		expect(onwardRemarks(facilitatorView({ tables: tables([{ ready: true }, {}]) }))).toEqual([
			{ about: 'notReady', ready: 1, tables: 2 },
		]);
		expect(onwardRemarks(facilitatorView({ tables: tables([{ ready: true }, { ready: true }]) }))).toEqual([
			{ about: 'allReady', tables: 2 },
		]);
		expect(onwardRemarks(facilitatorView({ tables: tables([]) }))).toEqual([
			{ about: 'notReady', ready: 0, tables: 2 },
		]);
	});

	it('warns of nobody being ready only where there is something to do', () => {
		const steps = { [collect]: testStep(0, 'break') };
		expect(onwardRemarks(facilitatorView({ steps, tables: tables([]) }))).toEqual([]);
		expect(onwardRemarks(facilitatorView())).toEqual([]);
	});

	it('counts rounds that are still open', () => {
		const round: RoundView = {
			...{
				kind: 'vote' as const,
				position: 0,
				title: '',
				rule: { dots: 1, maxPerOption: 1 },
				tableId: null,
				options: {},
			},
			...{ state: 'open' as const, turnout: { voted: 0, eligible: 0 }, tally: null, published: false, decision: null },
		};
		const rounds: FacilitatorView['rounds'] = {
			[testId<RoundId>(40)]: round,
			[testId<RoundId>(41)]: { ...round, state: 'closed' },
		};
		expect(onwardRemarks(facilitatorView({ rounds }))).toEqual([{ about: 'openRounds', count: 1 }]);
	});

	it('says how many tables are elsewhere, where they go at their own pace', () => {
		const floor = { ...facilitatorView().floor, pace: 'tables' as const };
		const apart = { floor, tables: tables([{ stepId: group }, {}]) };
		expect(onwardRemarks(facilitatorView(apart))).toContainEqual({ about: 'elsewhere', count: 1 });
		expect([...tablesPerStep(facilitatorView(apart))]).toEqual([
			[group, 1],
			[collect, 1],
		]);
		expect(tablesPerStep(facilitatorView({ tables: apart.tables })).size).toBe(0);
	});
});
