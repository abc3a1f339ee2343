/** What a single key does in the cockpit. The letters are the same in every language, as they are printed on the keys' help. */
export const shortcuts = {
	next: 'N',
	timer: 'T',
	minute: '+',
	minuteLess: '-',
	announce: 'A',
	gather: 'G',
	poll: 'Q',
	inbox: 'I',
	vote: 'V',
	people: 'P',
	snapshot: 'S',
	freeze: 'F',
	overview: 'Esc',
	lead: 'L',
	log: 'J',
	undo: 'Ctrl+Z',
	help: '?',
} as const;

export type Shortcut = keyof typeof shortcuts;
/** A digit opens the table with this number. */
export type KeyMeaning = { readonly shortcut: Shortcut } | { readonly table: number };

type PressedKey = Pick<
	KeyboardEvent,
	'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat' | 'defaultPrevented'
>;

/** What a key stroke means outside of fields, menus and dialogs; null for nothing of ours. */
export function meaningOf(event: PressedKey): KeyMeaning | null {
	if (event.altKey || event.repeat || event.defaultPrevented) return null;
	if (event.ctrlKey || event.metaKey) {
		return event.key.toUpperCase() === 'Z' && !event.shiftKey ? { shortcut: 'undo' } : null;
	}
	if (/^[1-9]$/.test(event.key)) return { table: Number(event.key) };
	const pressed = event.key === 'Escape' ? 'Esc' : event.key.toUpperCase();
	const found = (Object.keys(shortcuts) as Shortcut[]).find((name) => shortcuts[name] === pressed);
	return found === undefined ? null : { shortcut: found };
}

const typingPlaces = [
	'input:not([type="checkbox"], [type="radio"])',
	'textarea',
	'select',
	'[contenteditable]',
	'[role="menu"]',
	'[role="tablist"]',
].join(', ');

/** Whether keys belong to whatever has the focus: somebody types, chooses, or answers a dialog. */
export function keysAreTaken(target: EventTarget | null): boolean {
	if (!(target instanceof Element)) return false;
	if (target.ownerDocument.querySelector('dialog:modal, [role="menu"]') !== null) return true;
	return target.closest(typingPlaces) !== null;
}
