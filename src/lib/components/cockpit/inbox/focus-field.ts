/**
 * Puts the focus into the first field of a part that has just been opened by a key or a tap. (`autofocus` alone works in dialogs and where
 * nothing has the focus.)
 */
export function focusField(part: HTMLElement): void {
	part.querySelector<HTMLElement>('input, textarea, select')?.focus();
}
