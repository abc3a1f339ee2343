import { defaultRules, stepRules, type StepKind, type StepRules } from '#lib/domain/step.ts';

/** Proven ways to do a step: rules that belong together, so that nobody has to find them one by one. */
export type StepWay =
	'usual' | 'silent' | 'moderated' | 'unnamed' | 'oneWall' | 'atTable' | 'byTable' | 'notes' | 'byHand';

type Way = { readonly key: StepWay; readonly rules: StepRules };

/** The ways a kind of step can be done, the usual one first. */
export function waysOf(kind: StepKind): Way[] {
	const usual = defaultRules(kind);
	const ways = Object.entries(otherWays(kind)).map(([key, rules]) => ({
		key: key as StepWay,
		rules: { ...usual, ...rules },
	}));
	return [{ key: 'usual', rules: usual }, ...ways];
}

/** Which way these rules are; nothing if somebody has put them together by hand. */
export function wayOf(kind: StepKind, rules: StepRules): StepWay | undefined {
	return waysOf(kind).find((way) => sameRules(way.rules, rules))?.key;
}

function sameRules(rules: StepRules, others: StepRules): boolean {
	return stepRules.keyof().options.every((rule) => rules[rule] === others[rule]);
}

const stayingAtTable = {
	see: 'table',
	edit: 'table',
	arrange: 'everybody',
	names: 'hidden',
	screen: 'prompt',
} as const;

function otherWays(kind: StepKind): { readonly [Key in StepWay]?: Partial<StepRules> } {
	switch (kind) {
		case 'collect':
			return {
				silent: { intake: 'private', names: 'hidden' },
				moderated: { intake: 'inbox' },
				unnamed: { names: 'unrecorded' },
				oneWall: { board: 'plenary', screen: 'wall' },
				atTable: stayingAtTable,
				byTable: { add: 'tables', edit: 'table' },
			};
		case 'group':
			return { atTable: stayingAtTable, byTable: { add: 'tables', edit: 'table', arrange: 'tables' } };
		case 'discuss':
			return { notes: { add: 'everybody' }, atTable: { ...stayingAtTable, add: 'everybody' } };
		case 'choose':
			return { byHand: { vote: false } };
		case 'sheet':
			return { byTable: { sheet: 'tables' } };
		case 'feedback':
			return { oneWall: { intake: 'direct', screen: 'wall' } };
		default:
			return {};
	}
}
