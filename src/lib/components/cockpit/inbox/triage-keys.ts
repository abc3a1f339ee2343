import type { TriageTask } from './triage.svelte.ts';

/** What a key does while the focus is in the inbox. The letters are the same in every language, as the buttons' shortcuts say. */
export type TriageKey = 'next' | 'previous' | 'publish' | 'claim' | 'giveBack' | 'undo' | 'leave' | TriageTask;

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
 * @param inTask a form is open for the idea in hand: then only Escape means something, also where one types
 * @param undoes there is something to take back here; otherwise the key is the cockpit's
 */
export function triageKey(
	{ key, ctrlKey, metaKey, altKey, target }: PressedKey,
	{ inTask, undoes }: { readonly inTask: boolean; readonly undoes: boolean },
): TriageKey | null {
	if (ctrlKey || metaKey || altKey) return null;
	if (inTask) return key === 'Escape' ? 'leave' : null;
	if (isTypedInto(target)) return null;
	const meaning = meanings[key.toLowerCase()] ?? null;
	return meaning === 'undo' && !undoes ? null : meaning;
}

function isTypedInto(target: EventTarget | null): boolean {
	return target !== null && target instanceof Element && target.closest('input, textarea, select, summary') !== null;
}
