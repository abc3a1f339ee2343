import type { ScreenView } from '#lib/protocol/live.ts';

/**
 * The evening as a screen's own table goes through it: its step and its time where it has its own pace, and of the tables' votes only
 * those it is asked in. A screen of the hall sees the evening as it is.
 */
export function viewOfTable(view: ScreenView): ScreenView {
	const { tableId } = view;
	const table = tableId === null ? undefined : view.tables[tableId];
	if (table === undefined) return view;
	const shown = Object.entries(view.rounds).filter(([, round]) => round.tableId === null || round.tableId === tableId);
	const rounds = { ...Object.fromEntries(shown), ...view.tableRounds };
	if (view.floor.pace !== 'tables' || table.stepId === null) return { ...view, rounds };
	const { stepId, stepStartedAt, timer } = table;
	return { ...view, rounds, currentStepId: stepId, stepStartedAt, timer };
}
