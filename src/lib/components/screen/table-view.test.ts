import { describe, expect, it } from 'vitest';

import type { StepId } from '#lib/domain/ids.ts';
import { startTimer } from '#lib/domain/timer.ts';
import type { ScreenView, TableView } from '#lib/protocol/live.ts';

import { sampleEvening, sampleId, sampleRound, sampleTableId } from './testing/sample-evening.ts';
import { viewOfTable } from './table-view.ts';

const ownStep = sampleId('5', 2) as StepId;
const ownTimer = startTimer(60_000, 5_000);

function screenOf(
	position: number | null,
	table: Partial<TableView> = {},
	pace: 'room' | 'tables' = 'tables',
): ScreenView {
	const view = sampleEvening({ kind: 'collect' });
	const tableId = sampleTableId(0);
	const own = view.tables[tableId];
	return {
		...view,
		tableId: position === null ? null : sampleTableId(position),
		floor: { ...view.floor, pace },
		tables: own === undefined ? view.tables : { ...view.tables, [tableId]: { ...own, ...table } },
	};
}

describe('the evening on a screen of a table', () => {
	it('is in the step and the time of that table, where tables have their own pace', () => {
		const view = viewOfTable(screenOf(0, { stepId: ownStep, stepStartedAt: 4_000, timer: ownTimer }));
		expect(view).toMatchObject({ currentStepId: ownStep, stepStartedAt: 4_000, timer: ownTimer });
	});

	it('is in the step of the room where the table goes with it', () => {
		const evening = screenOf(0);
		expect(viewOfTable(evening).currentStepId).toBe(evening.currentStepId);
		const together = screenOf(0, { stepId: ownStep }, 'room');
		expect(viewOfTable(together).currentStepId).toBe(together.currentStepId);
	});

	it('knows only the votes that this table is asked in', () => {
		const rounds = sampleRound(['A', 'B'], { tableId: sampleTableId(1) });
		expect(viewOfTable({ ...screenOf(0), rounds }).rounds).toEqual({});
		expect(viewOfTable({ ...screenOf(1), rounds }).rounds).toEqual(rounds);
		expect(viewOfTable({ ...screenOf(null), rounds }).rounds).toEqual(rounds);
	});
});

it('leaves a screen of the hall with the room', () => {
	const evening = screenOf(null, { stepId: ownStep });
	expect(viewOfTable(evening)).toBe(evening);
});
