/** Where people join: `https://board.example.lu/j/20240606`, at a table of their choice or at the one they scanned. */
export function joinLink(address: string, code: string, tableId: string | null = null): string {
	return tableId === null ? `${address}/j/${code}` : `${address}/j/${code}?table=${tableId}`;
}

/** `2024 0606`: easier to read aloud and to type. */
export function spacedCode(code: string): string {
	return `${code.slice(0, 4)} ${code.slice(4)}`;
}

/** Whether only this computer understands an address. */
export function isLocalOnly(address: string): boolean {
	return URL.canParse(address) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname);
}
