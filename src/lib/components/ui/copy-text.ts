/**
 * Puts a text on the clipboard. The clipboard API exists only on https and localhost; on the plain http of a hall the old
 * command does it, on the selection of `field`.
 * @returns whether it worked; if not, the field's text is left selected for the person to copy.
 */
export async function copyText(field: HTMLInputElement): Promise<boolean> {
	field.select();
	if (window.isSecureContext) {
		try {
			await navigator.clipboard.writeText(field.value);
			return true;
		} catch {
			// Refused by the person or the page's policy: the command below may still be allowed.
		}
	}
	// eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a secure context
	return document.execCommand('copy');
}
