import type { StepKind, StepRules } from '#lib/domain/step.ts';

/** What is worth knowing of a step's rules at a glance: where they differ from "everybody writes, with names, for the room". */
export type RuleMark =
	'addTables' | 'addPeople' | 'private' | 'inbox' | 'hidden' | 'unrecorded' | 'table' | 'plenary' | 'vote' | 'sheet';

export function ruleMarks(kind: StepKind, rules: StepRules): RuleMark[] {
	const marks: RuleMark[] = [];
	if (rules.add === 'tables') marks.push('addTables');
	if (rules.add === 'people') marks.push('addPeople');
	if (rules.add !== 'nobody') {
		if (rules.intake !== 'direct') marks.push(rules.intake);
		if (rules.names !== 'shown') marks.push(rules.names);
		if (rules.see === 'table') marks.push('table');
		if (rules.board === 'plenary') marks.push('plenary');
	}
	if (rules.vote && kind !== 'vote') marks.push('vote');
	if (rules.sheet !== 'nobody' && kind !== 'sheet') marks.push('sheet');
	return marks;
}
