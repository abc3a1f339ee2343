import type { DeviceId, ParticipantId, RoundId, SnapshotId, StepId, TableId } from '#lib/domain/ids.ts';
import type { I18n } from '#lib/i18n/i18n.svelte.ts';
import type { CommandName } from '#lib/protocol/commands.ts';
import type { FacilitatorView } from '#lib/protocol/live.ts';
import { logActions, type LogAction, type LogEntry } from '#lib/protocol/log.ts';

/** Actions that are told apart by which way a switch was put: the field of their detail that says so. */
const switches = {
	'workshop.freeze': 'frozen',
	'workshop.open-door': 'open',
	'vote.publish': 'published',
	'table.answer': 'coming',
} as const satisfies { [Name in LogAction]?: string };

/** Taking these back takes something from the room, so it is asked first. */
const heavy: ReadonlySet<CommandName> = new Set<CommandName>([
	'step.go',
	'pace.set',
	'idea.hide',
	'idea.withdraw',
	'group.delete',
	'participant.block',
	'workshop.end',
	'workshop.freeze',
	'snapshot.restore',
]);

export function asksFirst({ inverse }: LogEntry): boolean {
	return inverse !== null && heavy.has(inverse.name);
}

/** The last part of the text's key: the action, and which way it went. `other` for what this page doesn't know. */
export function actionKey({ action, subjectId, detail }: LogEntry): string {
	const known = logActions.find((name) => name === action);
	if (known === undefined) return 'other';
	if (known === 'pace.set') return detail.pace === 'tables' ? 'pace.set-tables' : 'pace.set-room';
	if (known === 'spotlight.set' && subjectId === null) return 'spotlight.out';
	if (!isSwitch(known)) return known;
	return `${known}-${detail[switches[known]] === false ? 'off' : 'on'}`;
}

function isSwitch(action: string): action is keyof typeof switches {
	return action in switches;
}

const minuteMs = 60_000;

type Voice = Pick<I18n, 't' | 'text'>;

/** What was done, and to what, in names and words where the view knows them (null where there is nothing to name). */
export function describeEntry(
	entry: LogEntry,
	view: FacilitatorView,
	i18n: Voice,
): { readonly what: string; readonly subject: string | null } {
	const { subjectId, words, detail } = entry;
	const names = [
		words === null ? null : i18n.t('steering:log.quoted', { words }),
		subjectId === null ? null : nameOf(subjectId, view, i18n),
		...Object.entries(detail).map(([field, value]) =>
			// Where somebody came from is told by the entry before.
			typeof value === 'string' && field !== 'from' ? nameOf(value, view, i18n) : null,
		),
		minutesOf(detail, i18n),
		...slipsOf(entry, i18n),
	].filter((name) => name !== null && name !== '');
	return {
		what: i18n.t(`steering:log.action.${actionKey(entry)}`),
		subject: names.length === 0 ? null : [...new Set(names)].join(' · '),
	};
}

/** The same in one line. */
export function sentenceOf(entry: LogEntry, view: FacilitatorView, i18n: Voice): string {
	const { what, subject } = describeEntry(entry, view, i18n);
	return subject === null ? what : i18n.t('steering:log.about', { what, subject });
}

/** How long a time was set to, or how much was added to it. */
function minutesOf({ milliseconds, durationMs }: LogEntry['detail'], i18n: Voice): string | null {
	const say = (ms: number) => i18n.t('cockpit:agenda.minutes', { count: Math.round(ms / minuteMs) });
	if (typeof milliseconds === 'number') return `${milliseconds < 0 ? '−' : '+'}${say(Math.abs(milliseconds))}`;
	return typeof durationMs === 'number' ? say(durationMs) : null;
}

/** Which slips for people without a phone, or how many. */
function slipsOf({ action, detail }: LogEntry, i18n: Voice): readonly string[] {
	if (!action.startsWith('seat.')) return [];
	const numbers = [detail.number, detail.newNumber].filter((number) => typeof number === 'number');
	if (numbers.length > 0) return numbers.map((number) => i18n.t('seats:bar.number', { number }));
	return typeof detail.count === 'number' ? [i18n.t('steering:log.slips', { count: detail.count })] : [];
}

/** A step, table, person, device, vote, project or team member, by its id. */
function nameOf(id: string, view: FacilitatorView, i18n: Voice): string | null {
	const step = view.steps[id as StepId];
	if (step !== undefined) return i18n.text(step.title);
	return (
		view.tables[id as TableId]?.name ??
		view.people[id as ParticipantId]?.nickname ??
		view.devices[id as DeviceId]?.name ??
		view.rounds[id as RoundId]?.title ??
		view.snapshots[id as SnapshotId]?.note ??
		Object.entries(view.team).find(([member]) => member === id)?.[1].name ??
		null
	);
}
