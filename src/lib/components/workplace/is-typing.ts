/** Whether somebody has the cursor in a field or a dialog open. A text editor keeps its field in a shadow root of its own. */
export function isTyping(): boolean {
	const { activeElement } = document;
	if (activeElement === null) return false;
	return activeElement.shadowRoot !== null || activeElement.closest('input, textarea, select, dialog') !== null;
}
