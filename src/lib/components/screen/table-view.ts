import type { RoundId } from '#lib/domain/ids.ts';
import type { RoundView, ScreenView } from '#lib/protocol/live.ts';

/**
 * The evening as a screen's own table goes through it: its step and its time where it has its own pace, and of the votes only those it
 * is asked in. A screen of the hall sees the evening as it is.
 */
export function viewOfTable(view: ScreenView): ScreenView {
	const table = view.tableId === null ? undefined : view.tables[view.tableId];
	if (table === undefined) return view;
	const rounds = Object.fromEntries(
		(Object.entries(view.rounds) as [RoundId, RoundView][]).filter(
			([, round]) => round.tableId === null || round.tableId === view.tableId,
		),
	);
	if (view.floor.pace !== 'tables' || table.stepId === null) return { ...view, rounds };
	const { stepId, stepStartedAt, timer } = table;
	return { ...view, rounds, currentStepId: stepId, stepStartedAt, timer };
}
