/** What a browser keeps of the cookies it is given. */
export class CookieJar {
	readonly #cookies = new Map<string, string>();

	/** The value of the `Cookie` header. */
	get header(): string {
		return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
	}

	/** @param line of a `Set-Cookie` header */
	keep(line: string): void {
		const [pair = '', ...attributes] = line.split('; ');
		const equals = pair.indexOf('=');
		const name = pair.slice(0, equals);
		if (attributes.includes('Max-Age=0')) this.#cookies.delete(name);
		else this.#cookies.set(name, pair.slice(equals + 1));
	}
}
