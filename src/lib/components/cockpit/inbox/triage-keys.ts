import type { TriageTask } from './triage.svelte.ts';

/** What a key does while the focus is in the inbox. The letters are the same in every language, as the buttons' shortcuts say. */
export type TriageKey =
	'next' | 'previous' | 'publish' | 'claim' | 'giveBack' | 'undo' | 'leave' | 'nothing' | TriageTask;

type PressedKey = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target'>;

const meanings: Readonly<Record<string, TriageKey>> = {
	j: 'next',
	arrowdown: 'next',
	k: 'previous',
	arrowup: 'previous',
	p: 'publish',
	g: 'group',
	m: 'merge',
	h: 'hide',
	c: 'claim',
	u: 'giveBack',
	z: 'undo',
};

/**
 * @param inTask a form is open for the idea in hand: then Escape leaves it, also where one types, and letters beside a field are
 *   swallowed: whoever types before the field is there doesn't want the cockpit's shortcuts
 * @param undoes there is something to take back here; otherwise the key is the cockpit's
 */
export function triageKey(
	{ key, ctrlKey, metaKey, altKey, target }: PressedKey,
	{ inTask, undoes }: { readonly inTask: boolean; readonly undoes: boolean },
): TriageKey | null {
	if (ctrlKey || metaKey || altKey) return null;
	if (inTask && key === 'Escape') return 'leave';
	if (isTypedInto(target)) return null;
	if (inTask) return isLetter(key) ? 'nothing' : null;
	const meaning = meanings[key.toLowerCase()] ?? null;
	return meaning === 'undo' && !undoes ? null : meaning;
}

const typedInto = 'input:not([type="radio"], [type="checkbox"]), textarea, select, summary';

function isLetter(key: string): boolean {
	return key.length === 1 && key !== ' ';
}

function isTypedInto(target: EventTarget | null): boolean {
	return target !== null && target instanceof Element && target.closest(typedInto) !== null;
}
